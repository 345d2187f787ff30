#!/usr/bin/env node
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

const { stdout, stderr } = process

// Who reads may have seen enough: that is no mistake, but a full disk is.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  stderr.write(`Nothing could be printed: ${error.message}.\n`, () => process.exit(2))
})

const code = await main(process.argv.slice(2), processTerminal())
process.exitCode = code
// What a command has loaded may keep the process alive: it ends once everything is printed.
stdout.write('', (error) => {
  if (!error) stderr.write('', () => process.exit(code))
})
