// Sends one photo with tus-js-client, as told by a JSON argument, and says in one line of JSON what became of it.
//
// told: endpoint, headers, metadata, photo (a path), chunk (bytes); and what a test wants beside it:
//   address     go on with this upload
//   memory      a file of remembered uploads: go on with what is found there
//   stopAt      give up when the market has so many bytes
//   stopInside  give up when so many bytes were sent, in the middle of a request
//   dropped     giving up takes the upload back
//   delays      ms between tries of its own
//   hidden      POST in place of PATCH
import { readFile } from 'node:fs/promises'
import tus from 'tus-js-client'

const told = JSON.parse(process.argv[2])
const asked = []

function send(photo, resolve) {
  const end = (how, more = {}) => resolve({ how, address: upload.url, asked, ...more })
  const stop = (reached) => reached && upload.abort(Boolean(told.dropped)).then(() => end('stopped'))
  const upload = new tus.Upload(photo, {
    endpoint: told.endpoint,
    headers: told.headers,
    metadata: told.metadata,
    chunkSize: told.chunk,
    uploadUrl: told.address ?? null,
    retryDelays: told.delays ?? null,
    overridePatchMethod: Boolean(told.hidden),
    ...(told.memory && { urlStorage: new tus.FileUrlStorage(told.memory) }),
    onAfterResponse: (request, response) => {
      asked.push([request.getMethod(), response.getStatus(), Number(response.getHeader('Upload-Offset') ?? -1)])
    },
    onChunkComplete: (_size, accepted) => stop(accepted >= (told.stopAt ?? Infinity)),
    onProgress: (sent) => stop(sent >= (told.stopInside ?? Infinity)),
    onSuccess: () => end('sent'),
    onError: ({ originalResponse: answer }) => end('failed', { status: answer?.getStatus(), said: answer?.getBody() }),
  })
  return upload
}

async function start(upload) {
  const found = told.memory ? await upload.findPreviousUploads() : []
  if (found.length) upload.resumeFromPreviousUpload(found[0])
  upload.start()
}

const photo = await readFile(told.photo)
const became = await new Promise((resolve) => start(send(photo, resolve)))
console.log(JSON.stringify(became))
process.exit()
