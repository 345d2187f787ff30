import { SOURCE_RULES as LEVELS } from '../scan/source-findings.ts'
import { levels, type RuleFacts } from './rule.ts'

/** What is looked for in source code: `contract/scan` finds it. */
export const SOURCE_RULES: readonly RuleFacts[] = [
  {
    id: 'source-unknown-code',
    family: 'sources',
    levels: levels(LEVELS['source-unknown-code']),
    what: 'Source code throws an error that the catalog has not.',
    why: 'It is answered as the internal error.',
  },
  {
    id: 'source-params-missing',
    family: 'sources',
    levels: levels(LEVELS['source-params-missing']),
    what: 'A throw leaves out a param of the message.',
    why: 'Clients see … in its place.',
  },
  {
    id: 'source-params-unknown',
    family: 'sources',
    levels: levels(LEVELS['source-params-unknown']),
    what: 'A throw gives a param that the message has not.',
    why: 'Nobody sees its value: it is mistyped, or left over.',
  },
  {
    id: 'source-as-invalid',
    family: 'sources',
    levels: levels(LEVELS['source-as-invalid']),
    what: 'A throw is answered as an error that the catalog has not, or that needs params.',
    why: 'It is not answered so.',
  },
  {
    id: 'source-deprecated',
    family: 'sources',
    levels: levels(LEVELS['source-deprecated']),
    what: 'Source code throws an error that is deprecated.',
    why: 'Clients are told that it goes away.',
  },
  {
    id: 'source-dynamic',
    family: 'sources',
    levels: levels(LEVELS['source-dynamic']),
    what: 'Source code throws an error whose key is known only when it runs.',
    why: 'Nobody can say whether the catalog has it. While there are such, no error counts as unused.',
  },
  {
    id: 'source-unreadable',
    family: 'sources',
    levels: levels(LEVELS['source-unreadable']),
    what: 'A file of source code cannot be read.',
    why: 'Nothing in it was looked at.',
  },
  {
    id: 'code-unused',
    family: 'sources',
    levels: levels(LEVELS['code-unused']),
    what: 'No source code throws an error, and nothing else answers with it.',
    why: 'It is left over, or its throw is missing.',
  },
]
