# Every number that kmnet is held to by R's sna: one line a value, "graph,key,place,value".
# Run as: Rscript sna.R FOLDER, which holds <graph>.csv (a 0/1 matrix) and <graph>.groups (a label a line).
suppressPackageStartupMessages(library(sna))
folder <- commandArgs(trailingOnly = TRUE)[1]
say <- function(graph, key, values) {
  values <- as.vector(values)
  cat(sprintf("%s,%s,%d,%.17g\n", graph, key, seq_along(values), values), sep = "")
}
for (file in sort(list.files(folder, pattern = "[.]csv$"))) {
  graph <- sub("[.]csv$", "", file)
  a <- as.matrix(read.csv(file.path(folder, file), header = FALSE))
  dimnames(a) <- NULL
  directed <- !isSymmetric(a)
  mode <- if (directed) "digraph" else "graph"
  weak <- symmetrize(a, rule = "weak")
  label <- readLines(file.path(folder, paste0(graph, ".groups")))
  found <- suppressWarnings(brokerage(a, label))
  for (k in seq_len(6)) {
    say(graph, paste0("raw", k), found$raw.nli[, k])
    say(graph, paste0("expected", k), found$exp.nli[, k])
    say(graph, paste0("z", k), found$z.nli[, k])
  }
  say(graph, "gli", found$raw.gli)
  say(graph, "gli_expected", found$exp.gli)
  say(graph, "betweenness", betweenness(a, gmode = mode))
  say(graph, "density", gden(a, mode = mode))
  say(graph, "degree_centralisation", centralization(weak, degree, mode = "graph"))
  say(graph, "betweenness_centralisation", centralization(a, betweenness, mode = mode))
  say(graph, "components", components(a, connected = "weak"))
  say(graph, "strong_components", components(a, connected = "strong"))
  say(graph, "isolates", length(isolates(a)))
  say(graph, "connectedness", connectedness(a))
  say(graph, "transitivity", gtrans(weak, mode = "graph"))
  say(graph, "core", kcores(weak, mode = "graph", diag = FALSE))
  say(graph, "cut_point", cutpoints(weak, mode = "graph", return.indicator = TRUE))
  say(graph, "levels", structure.statistics(a))
  if (directed) {
    say(graph, "in_degree_centralisation", centralization(a, degree, mode = "digraph", cmode = "indegree"))
    say(graph, "out_degree_centralisation", centralization(a, degree, mode = "digraph", cmode = "outdegree"))
    say(graph, "krackhardt_efficiency", efficiency(a))
    say(graph, "krackhardt_hierarchy", hierarchy(a, measure = "krackhardt"))
    say(graph, "reciprocity", grecip(a, measure = "edgewise"))
    say(graph, "mutual_pairs_share", grecip(a, measure = "dyadic.nonnull"))
    say(graph, "agreeing_pairs_share", grecip(a, measure = "dyadic"))
    say(graph, "transitivity_directed", gtrans(a, mode = "digraph", measure = "weak"))
    say(graph, "triads", triad.census(a))
  }
}
y <- as.matrix(read.csv(file.path(folder, "y.matrix"), header = FALSE))
x <- as.matrix(read.csv(file.path(folder, "x.matrix"), header = FALSE))
z <- as.matrix(read.csv(file.path(folder, "z.matrix"), header = FALSE))
linear <- netlm(y, list(x, z), nullhyp = "classical")
say("regression", "netlm", linear$coefficients)
say("regression", "netlm_t", linear$tstat)
logistic <- netlogit((y > 0.5) * 1, list(x, z), nullhyp = "classical")
say("regression", "netlogit", logistic$coefficients)
say("regression", "netlogit_z", logistic$tstat)
say("regression", "gcor", gcor(y, x))
