// Looks at one page with Lighthouse, as told by a JSON argument, and says in a line of JSON what it found.
//
// told: address, port (of a Chromium that listens for a debugger), skip (audits), and run: its categories and, where
// a network and a processor are to be played, rtt (ms), kbps and slowdown.
import lighthouse from 'lighthouse'

const told = JSON.parse(process.argv[2])

function settings({ categories, rtt, kbps, slowdown }) {
  const network = { rttMs: rtt, throughputKbps: kbps, cpuSlowdownMultiplier: slowdown }
  const applied = { requestLatencyMs: 0, downloadThroughputKbps: 0, uploadThroughputKbps: 0 }
  return {
    port: told.port,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: categories,
    skipAudits: told.skip,
    disableFullPageScreenshot: true,
    ...(rtt ? { throttlingMethod: 'simulate', throttling: { ...network, ...applied } } : { throttlingMethod: 'provided' }),
  }
}

function wrong({ auditRefs }, audits) {
  const lost = auditRefs.map(({ id, weight }) => ({ ...audits[id], weight }))
  return lost
    .filter(({ score, weight }) => weight > 0 && score !== null && score < 1)
    .map(({ id, details }) => [id, (details?.items ?? []).slice(0, 3).map(({ node, ...more }) => node?.snippet ?? more)])
}

// On a busy machine a trace may miss its first moment: Lighthouse says so and asks to be run again.
async function looked(tries = 3) {
  const { lhr } = await lighthouse(told.address, settings(told.run))
  if (!lhr.runtimeError) return lhr
  if (tries > 1) return looked(tries - 1)
  throw new Error(`${told.address}: ${lhr.runtimeError.message}`)
}

const { finalDisplayedUrl, categories, audits } = await looked()
const found = Object.values(categories)
const hard = found.filter(({ id }) => id !== 'performance')
const times = ['largest-contentful-paint', 'first-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
const moved = audits['layout-shifts']?.details?.items ?? []
console.log(
  JSON.stringify({
    address: finalDisplayedUrl,
    scores: Object.fromEntries(found.map(({ id, score }) => [id, Math.round(score * 100)])),
    wrong: Object.fromEntries(hard.map((one) => [one.id, wrong(one, audits)])),
    times: Object.fromEntries(times.map((id) => [id, audits[id]?.numericValue ?? null])),
    moved: moved.map(({ node, score }) => [node?.snippet, score]),
  }),
)
