<?php
// The least that lets MediaWiki's own PHP answer questions about languages: no wiki, no database, no cache.
$wgSitename = 'None';
$wgServer = 'http://localhost';
$wgSecretKey = 'none';
$wgDBtype = 'sqlite';
$wgDBname = 'none';
$wgSQLiteDataDir = sys_get_temp_dir();
$wgMainCacheType = $wgMessageCacheType = $wgParserCacheType = CACHE_NONE;
