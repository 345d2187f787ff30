import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { say } from '../../support/printed.ts'

// Debian's: apt-get install chromium
const EXECUTABLE = '/usr/bin/chromium'

const isThere = existsSync(EXECUTABLE)

/** Whether tests in a browser are left out. On CI they fail instead. */
export const isSkipped = !isThere && !process.env['CI']

if (isSkipped) say(`DID NOT RUN: tests in a browser. There is no ${EXECUTABLE} (apt-get install chromium).`)

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
