import { createTransport } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { becomes } from './becomes.ts'
import { startMail, startUpstream, WAIT } from './upstream.ts'

const up = await startUpstream()

const letter = { from: 'us@shop.test', to: 'you@shop.test', subject: 'Hello', text: 'Hello' }

interface Sending {
  readonly options?: SMTPTransport.Options
  readonly letter?: object
}

const send = (port: number, { options, letter: more }: Sending = {}): Promise<unknown> =>
  createTransport({ host: '127.0.0.1', port, ...options }).sendMail({ ...letter, ...more })

const sendTo = (replies: Readonly<Record<string, string>>, sending?: Sending) => async () =>
  send(await startMail(replies), sending)

const auth = { user: 'us', pass: 's3cr3t' }

becomes('R05: what nodemailer rejects with becomes what it says', [
  {
    what: 'a connection that is refused',
    fail: () => send(1),
    becomes: 'upstream-failed',
    logged: { code: 'ESOCKET' },
  },
  {
    what: 'a name that is not known',
    fail: () => send(25, { options: { host: 'name.invalid' } }),
    becomes: 'upstream-failed',
    logged: { code: 'EDNS' },
  },
  {
    what: 'a greeting that does not come',
    fail: sendTo({ '220': 'silence' }, { options: { greetingTimeout: WAIT } }),
    becomes: 'upstream-timeout',
    logged: { code: 'ETIMEDOUT' },
  },
  {
    what: 'a reply that does not come',
    fail: sendTo({ MAIL: 'silence' }, { options: { socketTimeout: WAIT } }),
    becomes: 'upstream-timeout',
    logged: { code: 'ETIMEDOUT' },
  },
  {
    what: 'a connection that is closed',
    fail: sendTo({ MAIL: 'close' }),
    becomes: 'upstream-failed',
    logged: { code: 'ECONNECTION' },
  },
  {
    what: 'a greeting that is none',
    fail: sendTo({ '220': '554 s3cr3t' }),
    becomes: 'upstream-failed',
    logged: { code: 'EPROTOCOL' },
  },
  {
    what: 'a server that speaks no TLS',
    fail: sendTo({}, { options: { secure: true } }),
    becomes: 'upstream-failed',
  },
  {
    what: 'a server that cannot go on with TLS',
    fail: sendTo({ STARTTLS: '502 s3cr3t' }, { options: { requireTLS: true } }),
    becomes: 'upstream-failed',
    logged: { code: 'ETLS' },
  },
  {
    what: 'a password of ours that is refused',
    fail: sendTo({ AUTH: '535 s3cr3t' }, { options: { auth } }),
    becomes: 'upstream-failed',
    logged: { code: 'EAUTH' },
  },
  {
    what: 'a recipient that is refused',
    fail: sendTo({ RCPT: '550 s3cr3t' }),
    becomes: 'upstream-failed',
    logged: { code: 'EENVELOPE' },
  },
  {
    what: 'a sender that is refused for now',
    fail: sendTo({ MAIL: '451 s3cr3t' }),
    becomes: 'unavailable',
    logged: { code: 'EENVELOPE' },
  },
  {
    what: 'a recipient who is refused for now',
    fail: sendTo({ RCPT: '450 s3cr3t' }),
    becomes: 'unavailable',
    logged: { code: 'EENVELOPE' },
  },
  {
    what: 'a letter that is refused for now',
    fail: sendTo({ DATA: '354 go', '.': '452 s3cr3t' }),
    becomes: 'unavailable',
    logged: { code: 'EMESSAGE' },
  },
  {
    what: 'a password that cannot be checked for now',
    fail: sendTo({ AUTH: '454 s3cr3t' }, { options: { auth } }),
    becomes: 'unavailable',
    logged: { code: 'EAUTH' },
  },
  {
    what: 'a server that takes nobody for now',
    fail: sendTo({ '220': '421 s3cr3t' }),
    becomes: 'unavailable',
    logged: { code: 'EPROTOCOL' },
  },
  {
    what: 'a letter to nobody',
    fail: sendTo({}, { letter: { to: '' } }),
    becomes: 'upstream-failed',
    logged: { code: 'EENVELOPE' },
  },
  {
    what: 'a letter that is refused',
    fail: sendTo({ DATA: '354 go', '.': '554 s3cr3t' }),
    becomes: 'upstream-failed',
    logged: { code: 'EMESSAGE' },
  },
  {
    what: 'an attachment that cannot be had',
    fail: sendTo({ DATA: '354 go' }, { letter: { attachments: [{ path: `${up}/404` }] } }),
    becomes: 'upstream-failed',
  },
  {
    what: 'a password of ours that was not given',
    fail: sendTo({}, { options: { auth: { user: 'us' } as typeof auth } }),
    becomes: undefined,
  },
])
