<?php
/**
 * Print what MediaWiki dictates in each given content language, as one JSON object by language code.
 *
 * Called by scripts/add_wiki.py with MW_INSTALL_PATH set; needs no database.
 */

use MediaWiki\MainConfigNames;
use MediaWiki\MediaWikiServices;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class WikiConventions extends Maintenance {
	// "may" is the short form: the long one is called may_long, for this month alone.
	private const MONTHS = [ 'january', 'february', 'march', 'april', 'may_long', 'june', 'july', 'august',
		'september', 'october', 'november', 'december' ];
	private const MONTHS_GENITIVE = [ 'january-gen', 'february-gen', 'march-gen', 'april-gen', 'may-gen', 'june-gen',
		'july-gen', 'august-gen', 'september-gen', 'october-gen', 'november-gen', 'december-gen' ];
	private const MONTHS_SHORT = [ 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec' ];
	private const WEEKDAYS = [ 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday' ];
	private const WEEKDAYS_SHORT = [ 'sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' ];

	public function __construct() {
		parent::__construct();
		$this->addArg( 'code', 'Content language code', true, true );
	}

	public function getDbType() {
		return Maintenance::DB_NONE;
	}

	public function execute() {
		$names = MediaWikiServices::getInstance()->getLanguageNameUtils();
		// What a wiki changed on its MediaWiki: pages is not what MediaWiki dictates, and would need the database.
		MediaWikiServices::getInstance()->getMessageCache()->disable();
		$found = [];
		foreach ( $this->mArgs as $code ) {
			if ( !$names->isSupportedLanguage( $code ) ) {
				$this->fatalError( "MediaWiki " . MW_VERSION . " has no messages in a language of code \"$code\"." );
			}
			$found[$code] = $this->conventions( $code );
		}
		$this->output( json_encode( [ 'version' => MW_VERSION, 'languages' => $found ], JSON_UNESCAPED_UNICODE ) );
	}

	private function conventions( string $code ): array {
		$services = MediaWikiServices::getInstance();
		$language = $services->getLanguageFactory()->getLanguage( $code );
		$converter = $services->getLanguageConverterFactory()->getLanguageConverter( $language );
		$codes = array_filter(
			array_unique( [ $code, ...$converter->getVariants() ] ),
			static fn ( $each ) => $services->getLanguageNameUtils()->isSupportedLanguage( $each )
		);
		return [
			'language' => $code,
			'bcp47' => $language->getHtmlCode(),
			'direction' => $language->getDir(),
			'timezone' => $this->getConfig()->get( MainConfigNames::Localtimezone ) ?? 'UTC',
			'has_discussion_tools' => ExtensionRegistry::getInstance()->isLoaded( 'DiscussionTools' ),
			'digits' => $language->formatNumNoSeparators( '0123456789' ),
			'stamps' => array_map( [ $this, 'stamp' ], array_values( $codes ) ),
			'namespaces' => $this->namespaces( $language ),
			'contributions' => $language->getSpecialPageAliases()['Contributions'],
			'redirect' => array_slice( $language->getMagicWords()['redirect'], 1 ),
		];
	}

	private function stamp( string $code ): array {
		$language = MediaWikiServices::getInstance()->getLanguageFactory()->getLanguage( $code );
		// A signature is written in the date format of a reader without preferences, which is also why asking the
		// language for that format will not do: it would read the preferences out of the database.
		$preference = $this->getConfig()->get( MainConfigNames::DefaultUserOptions )['date'] ?? '';
		$format = $language->getDateFormatString( 'both', $preference ?: 'default' );
		$message = static fn ( $key ) => wfMessage( $key )->inLanguage( $code )->text();
		$messages = static fn ( $keys ) => array_map( $message, $keys );
		return [
			'timestamp_format' => $format,
			'months' => $messages( self::MONTHS ),
			'months_genitive' => $messages( self::MONTHS_GENITIVE ),
			'months_short' => $messages( self::MONTHS_SHORT ),
			'weekdays' => $messages( self::WEEKDAYS ),
			'weekdays_short' => $messages( self::WEEKDAYS_SHORT ),
			'utc' => $message( 'timezone-utc' ),
		];
	}

	/** Every name, alias and gendered form, by namespace number. */
	private function namespaces( Language $language ): array {
		$names = [];
		foreach ( [ NS_SPECIAL, NS_USER, NS_USER_TALK, NS_FILE, NS_CATEGORY ] as $number ) {
			$names[$number] = [
				$language->getNsText( $number ),
				$language->getGenderNsText( $number, 'male' ),
				$language->getGenderNsText( $number, 'female' ),
				...array_map( 'strval', array_keys( $language->getNamespaceAliases(), $number, true ) ),
			];
		}
		return $names;
	}
}

$maintClass = WikiConventions::class;
require_once RUN_MAINTENANCE_IF_MAIN;
