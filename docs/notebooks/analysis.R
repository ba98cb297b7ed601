# Reading Nhịp Y tế from R; only base R is needed. Set NHIP_YTE_URL to the address of the console and, where one has to
# sign in, NHIP_YTE_TOKEN to a token of the page /account.

base <- Sys.getenv("NHIP_YTE_URL", "http://127.0.0.1:8190")
token <- Sys.getenv("NHIP_YTE_TOKEN")

#' A table of the API. `...` is the query, as in period = "30d".
ask_table <- function(path, ...) {
  query <- c(list(format = "csv"), list(...))
  fields <- paste0(names(query), "=", vapply(query, utils::URLencode, "", reserved = TRUE), collapse = "&")
  headers <- if (token == "") NULL else c(Authorization = paste("Bearer", token))
  address <- url(paste0(base, "/api/v1/", path, "?", fields), headers = headers, encoding = "UTF-8")
  rows <- read.csv(address, fileEncoding = "UTF-8-BOM", stringsAsFactors = FALSE, check.names = FALSE)
  rows
}

# How much is written a day, and how much of it is negative, beside what is usual for the weekday.
trend <- ask_table("trend", period = "30d", baseline = "yes")
trend$negative_share <- trend$negative / pmax(trend$count, 1)
print(tail(trend[, c("bucket", "count", "negative_share", "usual", "uptime")], 7))

# What has changed since the week before, topic by topic, with a 95 % interval of the ratio.
compared <- ask_table("compare", period = "7d", by = "topic")
print(head(compared[, c("name", "before", "now", "ratio", "ratioLow", "ratioHigh")], 10))

# Every article of a search.
articles <- ask_table("articles", period = "30d")
print(table(articles$polarity))
