"""What scripts/wiki is made of: a MediaWiki on this machine, from Debian's package."""
