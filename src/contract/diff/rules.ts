/** What a kind of change is called, and what it is told as when it is taken back. */
export interface Rule {
  /** One line, for people and for tools that list rules. */
  readonly about: string
  /** The rules that may tell the way back, or why none does. */
  readonly mirror: readonly string[] | { readonly none: string }
}

/** All kinds of changes, in the order of the guide. Their ids are public; later versions have more. */
export const RULES = {
  'code-added': { about: 'An error that was not there before', mirror: ['code-removed'] },
  'code-removed': { about: 'An error that is gone', mirror: ['code-added', 'code-reused'] },
  'code-renamed': { about: 'The same error under another code', mirror: ['code-renamed'] },
  'code-reused': {
    about: 'A code that stood for something else, or was retired',
    mirror: ['code-reused', 'code-removed'],
  },
  'code-type': {
    about: 'Codes of another type: words where all were numbers, or numbers where all were words',
    mirror: {
      none: 'who decodes both decodes one; where all codes are of the other type, it is told both ways',
    },
  },
  'key-added': { about: 'One more error that clients are told as a known code', mirror: ['key-removed'] },
  'key-removed': { about: 'One error less of those that clients are told as a code', mirror: ['key-added'] },
  key: { about: 'Another key, for the same code', mirror: ['key'] },
  'retired-added': { about: 'A code that may never mean anything else', mirror: ['retired-removed'] },
  'retired-removed': { about: 'A code that was retired, and may be used anew', mirror: ['retired-added'] },

  status: { about: 'The HTTP status of an error', mirror: ['status'] },
  parent: { about: 'The common code that an error refines', mirror: ['parent'] },
  'retryable-added': { about: 'Clients may try again', mirror: ['retryable-removed'] },
  'retryable-removed': { about: 'Clients may not try again any more', mirror: ['retryable-added'] },
  'retry-after-added': { about: 'Retry-After of an error', mirror: ['retry-after-removed'] },
  'retry-after-removed': { about: 'Retry-After is gone', mirror: ['retry-after-added'] },
  'retry-after': { about: 'Another Retry-After', mirror: ['retry-after'] },
  'challenge-added': {
    about: 'One more way to log in (WWW-Authenticate)',
    mirror: ['challenge-removed'],
  },
  'challenge-removed': {
    about: 'A way to log in that is gone, or is another one (WWW-Authenticate)',
    mirror: ['challenge-added', 'challenge-removed'],
  },
  challenge: { about: 'Other params of the same way to log in', mirror: ['challenge'] },
  'header-added': { about: 'A header of an error', mirror: ['header-removed'] },
  'header-removed': { about: 'A header of an error is gone', mirror: ['header-added'] },
  header: { about: 'Another value of a header', mirror: ['header'] },
  meta: { about: 'The data that an error has for envelopes', mirror: ['meta'] },
  module: { about: 'The module of an error', mirror: ['module'] },
  deprecated: { about: 'An error is deprecated, or no longer', mirror: ['deprecated'] },

  text: { about: 'A text in some language', mirror: ['text'] },
  'action-added': { about: 'Clients are told what to do', mirror: ['action-removed'] },
  'action-removed': { about: 'Clients are no longer told what to do', mirror: ['action-added'] },
  'param-added': { about: 'A placeholder of the texts', mirror: ['param-removed'] },
  'param-removed': { about: 'A placeholder that is gone', mirror: ['param-added'] },
  examples: { about: 'Sample params of the documentation', mirror: ['examples'] },

  'catalog-name': { about: 'The name of the catalog', mirror: ['catalog-name'] },
  envelope: { about: 'The shape of bodies', mirror: ['envelope'] },
  'http-status': { about: 'Whether all answers have the status 200', mirror: ['http-status'] },
  'docs-url': { about: 'Where errors are documented', mirror: ['docs-url'] },
  success: { about: 'The code and message of a success', mirror: ['success'] },
  'reveal-params': { about: 'Whether clients are sent params', mirror: ['reveal-params'] },
  'source-locale': { about: 'The language that the catalog is written in', mirror: ['source-locale'] },
  'locale-added': { about: 'One more language', mirror: ['locale-removed'] },
  'locale-removed': { about: 'A language that is gone', mirror: ['locale-added'] },
  modules: { about: 'The range or texts of a module', mirror: ['modules'] },

  'foreign-status': { about: 'The code of foreign errors of a status', mirror: ['foreign-status'] },
  'foreign-condition': {
    about: 'The code of foreign errors that were recognized',
    mirror: ['foreign-condition'],
  },
  'conceal-added': { about: 'An error that is answered as another one', mirror: ['conceal-removed'] },
  'conceal-removed': {
    about: 'An error that is no longer answered as another one',
    mirror: ['conceal-added'],
  },
  conceal: { about: 'An error that is answered as a third one', mirror: ['conceal'] },
} as const satisfies Readonly<Record<string, Rule>>

/** The kinds of changes, such as `code-removed`. Later versions have more. */
export type RuleId = keyof typeof RULES
