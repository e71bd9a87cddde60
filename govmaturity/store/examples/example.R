# Read the scores of a release. Base R is enough.
#
#   Rscript example.R [ADDRESS OR FOLDER OF THE RELEASE]

given <- commandArgs(trailingOnly = TRUE)
place <- if (length(given) > 0) sub("/$", "", given[1]) else "."
open_table <- function(name) {
  path <- paste0(place, "/", name)
  from <- if (grepl("://", path)) url(path) else file(path)
  lines <- readLines(from, encoding = "UTF-8", warn = FALSE)
  close(from)
  # The mark that spreadsheet programs want in front; useBytes, to be right in any locale.
  lines[1] <- sub("^\\xef\\xbb\\xbf", "", lines[1], useBytes = TRUE)
  # Codes of units are text: they must not lose a zero in front.
  read.csv(text = lines, encoding = "UTF-8", colClasses = c(unit = "character"))
}

scores <- open_table("scores.csv")
units <- open_table("units.csv")
root <- scores$node[1]
latest <- scores[scores$node == root & scores$period == max(scores$period), ]
table <- merge(latest, units[, c("unit", "name_zh")], by = "unit")
print(table[order(table$rank), c("rank", "unit", "name_zh", "score", "level")], row.names = FALSE)
