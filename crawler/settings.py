"""Settings of every crawl: slow, polite, and closed to what a page could do to the machine."""

BOT_NAME = "wenqing"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# What users set, and how it is called in wenqing.toml and in the environment: crawler/running/user_settings.py
DATA_DIR = "data"
SITES: list[str] = []
# "" for DATA_DIR/ledger.sqlite, or postgresql://USER@HOST/DATABASE, which several machines share.
LEDGER = ""
# Of a ledger that several machines share: seconds for which a machine has a site when it does not say that it lives.
LEASE_SECONDS = 60.0
# Keep what was fetched, as WARC files of about so many MiB below DATA_DIR/warc.
ARCHIVE = False
ARCHIVE_MIB = 1024

# Who crawls
WENQING_CONTACT = ""
USER_AGENT = "wenqing"  # a live crawl names its version and contact, too: crawler/downloader/user_agent.py
ROBOTSTXT_USER_AGENT = "wenqing"
ROBOTSTXT_OBEY = True
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}

# How fast
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Two of each host at most, one under way and one ready: 23 hosts that are slow still leave places for one that is not.
CONCURRENT_REQUESTS = 48
SCHEDULER_PRIORITY_QUEUE = "crawler.downloader.host_queue.HostPriorityQueue"
CONCURRENT_ITEMS = 1
# Seconds after an answer; Crawl-delay, a site's own delay and POLITE_FACTOR times what the answer took may make them
# more.
DOWNLOAD_DELAY = 3.0
POLITE_FACTOR = 5.0
POLITE_SECOND = 1.0
POLITE_PAGES_A_DAY = 10_000
POLITE_MIB_A_DAY = 512
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = False

# How far
DEPTH_LIMIT = 20
RETRY_TIMES = 1
# 429 and 503 too: crawler/downloader/politeness.py waits as long as they ask for.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# Of a site that explores: pages a run that no pattern of it knows, and how many links away they may be from the last
# page that a pattern knows or that led to new documents. What is over waits for the next run.
EXPLORE_PAGES = 1_000
EXPLORE_DEPTH = 4
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
# Pages in a row that a host gives without a new document before the rest of it is left out; 0: any number.
TRAP_PAGES = 200
DUPEFILTER_CLASS = "crawler.frontier.traps.CanonicalDupeFilter"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# The event loop in C: a twentieth less time for each page.
ASYNCIO_EVENT_LOOP = "uvloop.Loop"

# What is let in
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.downloader.download_handler.PoliteDownloadHandler",
    "https": "crawler.downloader.download_handler.PoliteDownloadHandler",
}
TWISTED_DNS_RESOLVER = "crawler.downloader.public_hosts.PublicResolver"
ADDRESSES_ALLOWED: list[str] = []
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
# From the first byte sent to the last one received, however slowly they come.
DOWNLOAD_TIMEOUT = 20.0
MEMORY_LIMIT_MB = 0
# Seconds of CPU time that one page may take to parse or to clean before its process is ended; 0: any time.
WATCHDOG_SECONDS = 10.0
# Clean in a process of its own, while this one fetches, where there are two cores or more; a replay does not.
CLEANING_PROCESS = True
# Bytes of pages that wait to be cleaned, of one site, from which on none is asked for.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 512 * 1024
# MiB that must be free on the disk of DATA_DIR before and during a crawl; 0: any.
FREE_MB = 500
# A proxy looks up names itself, so no address could be checked.
HTTPPROXY_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
COOKIES_ENABLED = False
REFERER_ENABLED = False
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.downloader.offsite.StrictOffsiteMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.downloader.public_hosts.PublicHostMiddleware": 60,
    "crawler.frontier.traps.TrapMiddleware": 65,
    "crawler.frontier.quarantine.QuarantineMiddleware": 66,
    "crawler.frontier.takedowns.TakedownMiddleware": 67,
    "crawler.downloader.politeness.PolitenessMiddleware": 70,
    "crawler.downloader.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.downloader.response_checks.ResponseCheckMiddleware": 540,
    "crawler.downloader.limits.BoundedDecompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.downloader.limits.BoundedRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no login is ever made
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # nobody reads these counts
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "crawler.downloader.offsite.NoRefererMiddleware": 700,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # public_hosts.py has its limit
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "crawler.downloader.limits.MemoryCapExtension": 0,
    "crawler.terminal.log_sanitizer.LogSanitizerExtension": 0,
    "crawler.reports.progress.ProgressExtension": 0,
    "crawler.downloader.disk_space.DiskSpaceExtension": 0,
    "crawler.replay.archive.ArchiveExtension": 0,
}

# How a crawl tells where it is: on a terminal one line that renews itself, elsewhere a line every so many seconds.
PROGRESS = True
PROGRESS_SECONDS = 60.0

# How soon again, in days: a page that was read once, then sooner when it changes and later when not; and a listing
REFRESH_DAYS = 30.0
REFRESH_MIN_DAYS = 1.0
REFRESH_MAX_DAYS = 180.0
REFRESH_LISTING_DAYS = 1.0
# Pages a run whose document other rules have made, which no archive holds, and which are asked for whole although they
# may not have changed; 0: none.
REFRESH_OLDER_PAGES = 1000

# What becomes of a page
ITEM_PIPELINES = {
    "pipelines.optout.OptOutPipeline": 50,
    "pipelines.validate.ValidatePipeline": 100,
    "pipelines.clean.CleanPipeline": 200,
    "pipelines.takedown.TakedownPipeline": 250,
    "pipelines.deduplicate.DeduplicatePipeline": 300,
    "pipelines.store.StorePipeline": 400,
}
# Copies of a text, also cut or changed ones: "mark" them, "drop" from the shards those that another document holds to
# the share of UNIQUE_SHARE, or keep "silent".
DEDUP = "mark"
UNIQUE_SHARE = 0.95
# Memory in MB that `dedup PATH` may take for its verdicts; 0: half of the machine's. With less than they need they are
# given in rounds on the disk: the same ones, more slowly.
DEDUP_MEMORY_MB = 0
# Leave the lines of a text as they were found, also where a site ran paragraphs together.
KEEP_LINES = False
# Documents of a host from which its frame is learned, once; the profile is kept below DATA_DIR/profiles. 0: never.
LEARN_DOCUMENTS = 30
# Identity numbers, mobile numbers, e-mail addresses and bank cards are replaced in every file but the ledger.
MASK_PERSONAL_DATA = True
FEED_EXPORT_ENCODING = "utf-8"

LOG_LEVEL = "WARNING"
