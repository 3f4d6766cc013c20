// Looks at one page with Lighthouse, as told by a JSON argument, and says in a line of JSON what each run found.
//
// told: address, port (of a Chromium that listens for a debugger), headers, skip (audits), and runs: for each its
// categories and, where a network and a processor are to be played, rtt (ms), kbps and slowdown.
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
    extraHeaders: told.headers,
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

for (const run of told.runs) {
  const { lhr } = await lighthouse(told.address, settings(run))
  if (lhr.runtimeError) throw new Error(`${told.address}: ${lhr.runtimeError.message}`)
  const found = Object.values(lhr.categories)
  const times = ['largest-contentful-paint', 'first-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
  console.log(
    JSON.stringify({
      scores: Object.fromEntries(found.map(({ id, score }) => [id, Math.round(score * 100)])),
      wrong: Object.fromEntries(found.filter(({ id }) => id !== 'performance').map((one) => [one.id, wrong(one, lhr.audits)])),
      times: Object.fromEntries(times.map((id) => [id, lhr.audits[id]?.numericValue ?? null])),
      warnings: lhr.runWarnings,
    }),
  )
}
