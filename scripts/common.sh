# shellcheck shell=bash
# Shared by ./run, ./test and bench/run: what a machine must have, and the one build.
# Sourced from the repository's root; every message is Chinese first, English second.

say()  { printf '\033[36m==>\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31m错误 error:\033[0m %s\n' "$*" >&2; exit 1; }

# need_packages PACKAGE... : installs the Debian packages that are missing, or prints the one command that does.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "安装系统组件 installing Debian packages: ${missing[*]}"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "缺少系统组件，请先运行 please run first:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    as=(sudo -n)
  fi
  local log; log=$(mktemp)
  if ! { "${as[@]}" apt-get update && "${as[@]}" "${install[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "安装失败 could not install: ${missing[*]} (log: $log)"
  fi
  rm -f "$log"
}

need_toolchain() {
  command -v dotnet >/dev/null || fail "未找到 .NET 10 SDK not found: https://dotnet.microsoft.com/download"
  dotnet --version 2>/dev/null | grep -q '^10\.' || fail "需要 .NET 10 SDK is needed, found: $(dotnet --version 2>&1 | head -n 1)"
  command -v node >/dev/null || fail "未找到 Node.js 20 not found"
  local major; major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || fail "需要 Node.js 20 is needed, found: $(node --version)"
  command -v npm >/dev/null || fail "未找到 npm not found"
}

# build PROJECT [OPTION...] : builds in Release unless nothing that it could depend on has changed since its last build.
build() {
  local project=$1 stamp="artifacts/.built-$1"
  if [ -f "$stamp" ] && [ -z "$(find analytics streaming actors web tests bench ./*.props ./*.sln global.json \
      \( -name node_modules -o -path web/wwwroot -o -path tests/browser \) -prune -o -newer "$stamp" -type f -print -quit)" ]; then
    return 0
  fi
  say "编译 building $project (第一次需要几分钟 the first time takes minutes)"
  mkdir -p artifacts
  local started="$stamp.started"; touch "$started"
  dotnet build "$project" "${@:2}" -c Release --nologo -v minimal -clp:NoSummary >&2 || fail "编译失败 the build failed"
  mv "$started" "$stamp"
}
