#!/usr/bin/env node
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

// What a command has loaded may keep the process alive: it ends once everything is printed.
const code = await main(process.argv.slice(2), processTerminal())
process.exitCode = code
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
