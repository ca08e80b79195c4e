/*
 * Runs ClickHouse out of libchdb.so: launcher <library> [options of clickhouse-local …]
 *
 * ClickHouse reads its last queries from standard input and ends with it. Standard input may be a socket, which can't be
 * opened as /dev/stdin, so it gets a pipe instead that closes when the real one does: the server lives as long as its parent.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int from_parent, to_server;

static void *watch_parent(void *unused) {
  char byte;
  while (read(from_parent, &byte, 1) > 0) {}
  close(to_server);
  return unused;
}

int main(int argc, char **argv) {
  int ends[2];
  pthread_t watcher;
  void *library, *result;
  const char *error;
  if (argc < 2) return fprintf(stderr, "usage: %s <library> [options]\n", argv[0]), 2;
  from_parent = dup(0);
  if (from_parent < 0 || pipe(ends) != 0 || dup2(ends[0], 0) < 0) return perror("standard input"), 1;
  close(ends[0]);
  to_server = ends[1];
  if (pthread_create(&watcher, NULL, watch_parent, NULL) != 0) return perror("thread"), 1;

  library = dlopen(argv[1], RTLD_NOW);
  if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
  void *(*run)(int, char **) = (void *(*)(int, char **))dlsym(library, "chdb_query_cmdline");
  const char *(*error_of)(void *) = (const char *(*)(void *))dlsym(library, "chdb_result_error");
  if (!run || !error_of) return fprintf(stderr, "%s\n", dlerror()), 1;
  argv[1] = "clickhouse-local";
  result = run(argc - 1, argv + 1);
  error = result ? error_of(result) : "no result";
  if (error) return fprintf(stderr, "%s\n", error), 1;
  return 0;
}
