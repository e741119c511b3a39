<?php
// Router of PHP's own web server: MediaWiki's entry points, static files of skins, and 404 for all else.

$path = rawurldecode( strtok( $_SERVER['REQUEST_URI'], '?' ) );
$static = '#^/(resources|skins|extensions)/.+\.(css|js|png|svg|gif|jpe?g|ico|cur|woff2?|ttf)$#';
if ( preg_match( $static, $path ) && !str_contains( $path, '..' ) ) {
	return is_file( $_SERVER['DOCUMENT_ROOT'] . $path ) ? false : http_response_code( 404 );
}
if ( !preg_match( '#^/(index|api|load|rest|opensearch_desc)\.php(/.*)?$#s', $path, $match ) ) {
	// MediaWiki reads the title out of REQUEST_URI, so "/wiki/Title" needs no rewriting.
	if ( $path !== '/' && !str_starts_with( $path, '/wiki/' ) ) {
		http_response_code( 404 );
		echo "Not found.\n";
		return true;
	}
	$match = [ '', 'index' ];
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = "/$match[1].php";
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . "/$match[1].php";
$_SERVER['PATH_INFO'] = $match[2] ?? '';
chdir( $_SERVER['DOCUMENT_ROOT'] );
// An outermost buffer: the answer leaves only when MediaWiki's updates after the answer are done too.
ob_start();
require $_SERVER['SCRIPT_FILENAME'];
// MediaWiki runs jobs after page views only, but the edits here come through the API.
if ( $match[1] === 'api' && $_SERVER['REQUEST_METHOD'] === 'POST' ) {
	MediaWiki\MediaWikiServices::getInstance()->getJobRunner()->run( [ 'maxJobs' => 1000, 'maxTime' => 30 ] );
}
