<?php
// Fill a new wiki: accounts and pages, read as JSON from standard input so that no password is in the process list.

use MediaWiki\MediaWikiServices;
use MediaWiki\Revision\SlotRecord;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class FillWiki extends Maintenance {
	public function execute() {
		$wish = json_decode( file_get_contents( 'php://stdin' ), true, 512, JSON_THROW_ON_ERROR );
		$passwords = $wish['accounts'];
		$this->runQuietly( 'CreateAndPromote', [ 'bot' => 1 ], [ 'DialogueBot', $passwords['DialogueBot'] ] );
		$this->runQuietly( 'CreateAndPromote', [], [ 'Volunteer', $passwords['Volunteer'] ] );
		$grants = [ 'appid' => 'local', 'grants' => 'basic,editpage,createeditmovepage,highvolume' ];
		$this->runQuietly( 'CreateBotPassword', $grants, [ 'DialogueBot', $passwords['DialogueBot@local'] ] );
		foreach ( $wish['pages'] as $page ) {
			$this->addPage( $page['title'], $page['text'] );
		}
		// Only now, since a page may use a template that came after it.
		$this->runQuietly( 'RefreshLinks', [], [] );
		$this->runQuietly( 'InitSiteStats', [ 'update' => 1 ], [] );
		$this->runQuietly( 'RebuildRecentchanges', [], [] );
		$this->runQuietly( 'RebuildTextIndex', [], [] );
	}

	/** Run one of MediaWiki's own scripts, quietly: createBotPassword would print the password. */
	private function runQuietly( $class, array $options, array $args ) {
		$file = [ 'RebuildRecentchanges' => 'rebuildrecentchanges', 'RebuildTextIndex' => 'rebuildtextindex' ];
		$child = $this->runChild( $class, MW_INSTALL_PATH . '/maintenance/' . ( $file[$class] ?? lcfirst( $class ) ) . '.php' );
		$child->loadParamsAndArgs( null, $options + [ 'quiet' => 1 ], $args );
		$child->execute();
	}

	/** Add a page as an import does: the text stays as it is in the file, no signature or subst: is replaced. */
	private function addPage( $name, $text ) {
		$title = Title::newFromText( $name );
		if ( !$title || $title->hasFragment() || $title->isExternal() || $title->getNamespace() < 0 ) {
			$this->fatalError( "\"$name\" cannot be the title of a page." );
		}
		$model = str_ends_with( $name, '.json' ) ? CONTENT_MODEL_JSON : null;
		$revision = new WikiRevision( MediaWikiServices::getInstance()->getMainConfig() );
		$revision->setTitle( $title );
		$revision->setContent( SlotRecord::MAIN, ContentHandler::makeContent( $text, $title, $model ) );
		$revision->setUserObj( User::newFromName( 'Admin' ) );
		$revision->setComment( 'Sample page' );
		$revision->setTimestamp( wfTimestampNow() );
		$revision->setNoUpdates( true );
		if ( !$revision->importOldRevision() ) {
			$this->fatalError( "The page \"$name\" could not be saved." );
		}
	}
}

$maintClass = FillWiki::class;
require_once RUN_MAINTENANCE_IF_MAIN;
