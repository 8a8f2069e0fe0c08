// Matches the lines of a log against RE2::Set, the peer that works most like the engine.
// Promise: prints what the time of compiling and of matching was, in seconds, and how many lines matched nothing.
// usage: re2-set RULES LOG [ids]     RULES are in RE2's syntax, one a line; with "ids" the matching rules are asked for
#include <re2/set.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

int main(int argumentCount, char** arguments) {
  if (argumentCount < 3) return 2;
  const bool wantsIds = argumentCount > 3;

  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(int64_t{2} << 30);

  const auto compileStart = Clock::now();
  RE2::Set set(options, RE2::UNANCHORED);
  std::ifstream rules(arguments[1], std::ios::binary);
  for (std::string rule; std::getline(rules, rule);) set.Add(rule, nullptr);
  set.Compile();
  const double compileSeconds = secondsSince(compileStart);

  std::ifstream log(arguments[2], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(log)), std::istreambuf_iterator<char>());

  const auto matchStart = Clock::now();
  std::vector<int> ids;
  size_t keptLines = 0;
  for (size_t start = 0; start < text.size();) {
    size_t end = text.find('\n', start);
    if (end == std::string::npos) end = text.size();
    const re2::StringPiece line(text.data() + start, end - start);
    if (!set.Match(line, wantsIds ? &ids : nullptr)) keptLines++;
    start = end + 1;
  }
  std::printf("{\"compileSeconds\":%.4f,\"matchSeconds\":%.4f,\"keptLines\":%zu}\n", compileSeconds,
              secondsSince(matchStart), keptLines);
}
