<?php
// What every local wiki is set to, after what MediaWiki's installer wrote. Never for a wiki that others can reach.

wfLoadExtensions( [ 'Cite', 'ParserFunctions', 'Scribunto', 'AbuseFilter', 'SpamBlacklist', 'TitleBlacklist' ] );

// LocalSettings.php sets $instance to its own folder.
$wgUploadDirectory = "$instance/images";
$wgTmpDirectory = "$instance/tmp";
$wgCacheDirectory = "$instance/cache";
$wgLogos = [ '1x' => '/resources/assets/mediawiki.png' ];
$wgArticlePath = '/wiki/$1';
$wgNamespacesWithSubpages[NS_MAIN] = true;

// The workers share nothing but the database, so a session kept elsewhere would be lost at the next request.
$wgMainCacheType = $wgSessionCacheType = $wgParserCacheType = $wgMessageCacheType = CACHE_DB;
$wgLocalisationCacheConf['store'] = 'array';
$wgMemoryLimit = '512M';

// The router holds the answer back until jobs are done: after an edit, links and categories are already right.
$wgJobRunRate = 1000;
$wgRunJobsAsync = false;

// Nothing leaves this machine: any request that MediaWiki tries ends at a closed port.
$wgHTTPProxy = 'http://127.0.0.1:9';
$wgPingback = false;
$wgUseInstantCommons = false;
$wgEnableEmail = $wgEnableUserEmail = $wgEnableUploads = false;
$wgBlacklistSettings = [ 'spam' => [ 'files' => [] ], 'email' => [ 'files' => [] ] ];

// Tests log in and edit faster than people do.
$wgRateLimits = $wgPasswordAttemptThrottle = $wgAccountCreationThrottle = [];
$wgPasswordPolicy['policies'] = [ 'default' => [ 'MinimalPasswordLength' => [ 'value' => 1 ] ] ];
$wgAutoConfirmAge = $wgAutoConfirmCount = 0;

// Else a filter that stops a test's only edit would be throttled as "matches too much".
$wgAbuseFilterEmergencyDisableCount['default'] = 1000000;

// The reason of a failure belongs in the answer, since whoever reads it is the developer.
$wgShowExceptionDetails = true;
$wgDBerrorLog = "$instance/logs/database.log";
