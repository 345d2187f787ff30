import { readdirSync, readFileSync } from 'node:fs'

/** The terms of the texts that serve every app, as they stand in the source. */
export const COMMON_TERMS: Readonly<Record<string, RegExp>> = {
  // Not the verb, and not what is asked for.
  request: /(?<!(?:access|cancel) )\brequests?\b(?! (?:perm|the|a|API)\b)/i,
  authentication: /\bauthentication\b/i,
  precondition: /\bprecondition\b/i,
  field: /\bfields?\b/i,
  length: /\blength\b/i,
  format: /\bformat\b/i,
  timeout: /\btimeout\b/i,
  server: /\bservers?\b/i,
  content: /\bcontent\b/i,
}

/** The terms of the catalogs besides. */
export const CATALOG_TERMS: Readonly<Record<string, RegExp>> = {
  // "Token of the DSA configuration" is a parameter of that name, and so is Version.
  token: /\btoken\b(?! of the)/i,
  session: /\bsession\b/i,
  password: /\bpassword\b/i,
  user: /\buser(?:name)?\b(?! failed)/i,
  account: /\baccount\b/i,
  'API key': /\bAPI key\b/i,
  role: /\brole\b/i,
  order: /(?<!subscription )\borders?\b/i,
  plan: /\bplan\b/i,
  domain: /\bdomains?\b/i,
  policy: /\bpolicy\b/i,
  certificate: /\bcert(?:ificate)?s?\b/i,
  node: /\bnodes?\b/i,
  group: /\bgroup\b/i,
  rule: /\brules?\b/i,
  alert: /\balert\b/i,
  task: /\btask\b/i,
  record: /\b(?:DNS|alert|report|check) record\b/i,
  channel: /(?<!ops )\bchannel\b/i,
  template: /\btemplate\b/i,
  report: /\breport\b/i,
  document: /\bdoc(?:ument)?\b/i,
  'knowledge base': /\b(?:knowledge base|kb)\b/i,
  configuration: /\bconfig(?:uration)?\b/i,
  quota: /\bquota\b/i,
  'rate limit': /\brate limit(?:ed)?\b/i,
  captcha: /\bcaptcha\b/i,
  cooldown: /\bcooldown\b/i,
  backend: /\bbackend\b/i,
  'origin server': /\borigin servers?\b/i,
  header: /\bheaders?\b/i,
  parameter: /\bparameters?\b/i,
  version: /\bversion\b(?! of the)/i,
  binding: /\bbindings?\b/i,
  lease: /\bleases?\b/i,
  tenant: /\btenant\b/i,
  identity: /\bidentity\b(?! verification)/i,
  secret: /\bsecret\b/i,
  subscription: /\bsubscriptions?\b/i,
  webhook: /\bwebhook\b/i,
  engine: /\bengine\b/i,
  scope: /(?<!visible )\bscope\b/i,
  signature: /\bsignature\b/i,
  'private key': /\bprivate key\b/i,
  cancel: /\bcancel/i,
  'allow list': /\b(?:white|allow) ?list\b/i,
  'block list': /\b(?:black|block) ?list\b/i,
  // Of traffic, among the nodes of a firewall.
  schedule: /\bschedule (?:group|id)\b|default schedule/i,
  resource: /\bresources?\b/i,
  endpoint: /\bendpoint\b/i,
  upstream: /\bupstream\b/i,
  vendor: /\bvendor\b/i,
  'customer service': /\bcustomer service\b/i,
  support: /\bcontact support\b/i,
  link: /\blink\b/i,
  path: /\bpath\b/i,
  hostname: /\bhostname\b/i,
  email: /\bemail\b(?! (?:verification )?code)/i,
  'verification code': /\bverification code\b|\bemail code\b/i,
  payment: /\bpayment\b/i,
  // An order that waits for its payment.
  pending: /\bpending\b/i,
  // Of the thing that is being made, not of the one that exists.
  rename: /\brename\b/i,
  // What the webhook brings.
  'webhook sync': /\bwebhook sync\b/i,
}

const folder = new URL('terms/', import.meta.url)

/** How each language says each term: a pattern of its stem, or of the few words that stand for it. */
export const TERMS: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  readdirSync(folder)
    .sort()
    .map((file) => [
      file.replace('.json', ''),
      JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>,
    ]),
)

/** Terms whose translation stands for nothing else: a cooldown is no timeout. */
export const UNMISTAKABLE: readonly string[] = [
  'precondition',
  'timeout',
  'API key',
  'alert',
  'document',
  'knowledge base',
  'cooldown',
  'backend',
  'origin server',
  'lease',
  'tenant',
  'webhook',
  'engine',
  'private key',
  'allow list',
  'block list',
  'endpoint',
  'hostname',
]

/** Source texts that stand for several things, and so may be translated in several ways; and why. */
export const SAID_OF_SEVERAL: Readonly<Record<string, string>> = {
  'Check group id': 'a group of rules, and one of nodes',
  'Check record id': 'a record of the DNS, and one that was kept of an alert',
  'Choose another name': "a user's name, and a role's",
  Rename: 'a domain, and what has a name of another kind',
  Skip: 'the address and the contact differ in gender',
  'Too early': 'a date, and a request',
}
