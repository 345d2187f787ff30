const printed: string[] = []
const toStderr = process.stderr.write.bind(process.stderr)

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream) as (...args: readonly unknown[]) => boolean
  stream.write = (...args: readonly unknown[]) => {
    // A process that was waited for hands on even what it did not say.
    const text = String(args[0])
    if (text !== '') printed.push(text)
    return write(...args)
  }
}

process.on('warning', (warning) => {
  // What Node.js says about itself.
  if (warning.name !== 'ExperimentalWarning') printed.push(String(warning))
})

/** What was printed since it was last asked for. */
export function takePrinted(): readonly string[] {
  return printed.splice(0)
}

/** Says on stderr what a reader of the output has to know, such as which tests could not run. */
export function say(text: string): void {
  toStderr(`\n${text}\n\n`)
}
