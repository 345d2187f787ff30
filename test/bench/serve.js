// One server in a process of its own: `node serve.js <module> <options as JSON>`. Its parent asks it for figures over
// IPC, so that nothing but the load comes over its port.
import { Session } from 'node:inspector/promises'

const [module, options = '{}'] = process.argv.slice(2)
const { create } = await import(`./servers/${module}.js`)
const server = await create(JSON.parse(options))

const profiler = new Session()

const ANSWERS = {
  cpu: () => process.cpuUsage(),
  memory: () => process.memoryUsage(),
  profile: async () => {
    profiler.connect()
    await profiler.post('Profiler.enable')
    await profiler.post('Profiler.setSamplingInterval', { interval: 200 })
    await profiler.post('Profiler.start')
  },
  profiled: async () => (await profiler.post('Profiler.stop')).profile,
}

async function answer(question) {
  process.send({ answer: await ANSWERS[question]() })
}
process.on('message', (question) => void answer(question))
process.on('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, node: process.version }))
