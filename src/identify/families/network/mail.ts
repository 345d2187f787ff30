import { read } from '../../../guard/read.ts'
import { isError } from '../is-error.ts'
import type { LibraryRule } from '../../library-rule.ts'
import { TIMEOUTS } from './system.ts'

/** Servers of mail. https://nodemailer.com/errors */
export const mail: readonly LibraryRule[] = [
  {
    from: 'nodemailer',
    property: 'code',
    values: ['ETIMEDOUT'],
    matches: isOfMail,
    condition: 'upstream-timeout',
  },
  {
    // The code of Node.js is kept aside.
    from: 'nodemailer',
    property: 'code',
    values: ['ESOCKET', 'EDNS'],
    matches: (error) => isOfMail(error) && TIMEOUTS.has(read(error, 'originalCode')),
    condition: 'upstream-timeout',
  },
  {
    from: 'nodemailer',
    property: 'code',
    values: ['EENVELOPE', 'EMESSAGE', 'EAUTH', 'EPROTOCOL', 'ETLS'],
    matches: (error) => isOfMail(error) && isTemporary(read(error, 'responseCode')),
    condition: 'unavailable',
  },
  {
    from: 'nodemailer',
    property: 'code',
    values: ['ECONNECTION', 'ESOCKET', 'EDNS', 'ETLS', 'EREQUIRETLS', 'EPROTOCOL', 'EENVELOPE'],
    matches: isOfMail,
    condition: 'upstream-failed',
  },
  {
    from: 'nodemailer',
    property: 'code',
    values: ['EAUTH', 'EMESSAGE'],
    // Before a server is asked, as where there is no password, it is a fault of ours.
    matches: (error) => isOfMail(error) && read(error, 'command') !== 'API',
    condition: 'upstream-failed',
  },
  {
    // An attachment, whose server was asked while the letter was read.
    from: 'nodemailer',
    property: 'code',
    values: ['EFETCH', 'ESTREAM'],
    matches: isOfAttachment,
    condition: 'upstream-failed',
  },
]

/** The command is that which the server was given last: `CONN`, `RCPT TO`. */
function isOfMail(error: object): boolean {
  return typeof read(error, 'command') === 'string' && isError(error)
}

/** The same may be sent again later: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 */
function isTemporary(reply: unknown): boolean {
  return Number.isInteger(reply) && (reply as number) >= 400 && (reply as number) < 500
}

function isOfAttachment(error: object): boolean {
  const isFetched = read(error, 'code') === 'EFETCH' || read(error, 'originalCode') === 'EFETCH'
  return isFetched && typeof read(error, 'sourceUrl') === 'string' && isError(error)
}
