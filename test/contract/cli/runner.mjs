// Runs the built command for one line after another: most of what a process of its own costs is its start.
const BIN = new URL('../../../dist/cli/bin.js', import.meta.url).href
const home = process.cwd()

let printed = { out: '', err: '' }
/** What is called when the command ends. */
let end

/** Collects what is written to a stream. */
function collect(stream, name) {
  stream.write = (text, ...rest) => {
    printed[name] += text
    rest.at(-1)?.()
    return true
  }
}

collect(process.stdout, 'out')
collect(process.stderr, 'err')
process.exit = (code) => end(code)
// What a command has loaded may keep the process alive.
process.on('disconnect', () => process.kill(process.pid))

let lines = 0
process.on('message', ({ args, cwd, env }) => {
  printed = { out: '', err: '' }
  process.argv = [process.execPath, BIN, ...args]
  process.chdir(cwd)
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  end = (code) => {
    process.stdout.removeAllListeners('error')
    // Windows removes no folder that somebody is in.
    process.chdir(home)
    process.send({ code, ...printed })
  }
  // With a query of its own, the program is run anew. What it imports is there.
  import(`${BIN}?${lines++}`).catch((error) => {
    printed.err += error.stack
    end(1)
  })
})
