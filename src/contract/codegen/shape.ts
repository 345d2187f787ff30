import type { EnvelopeName } from '../../catalog/envelope.ts'
import type { Client } from './client.ts'

/** Where a body has what: the names of its members, as src/catalog/envelope.ts writes them. */
export interface Shape {
  readonly envelope: EnvelopeName
  /** The member that holds all others. */
  readonly within: 'error' | undefined
  readonly message: 'message' | 'detail'
  readonly details: 'details' | 'data'
  readonly requestId: 'request_id' | undefined
  /** Where the code stands that refines `code`: at the beginning of the message, or in a member of its own. */
  readonly finer: 'in the message' | 'sub_code' | undefined
  /** The shape of further errors. */
  readonly further: EnvelopeName
}

const PLAIN = { within: undefined, message: 'message', details: 'details', requestId: undefined } as const

export const SHAPES: Readonly<Record<EnvelopeName, Shape>> = {
  flat: { ...PLAIN, envelope: 'flat', finer: undefined, further: 'flat' },
  nested: {
    ...PLAIN,
    envelope: 'nested',
    within: 'error',
    requestId: 'request_id',
    finer: undefined,
    further: 'flat',
  },
  composite: { ...PLAIN, envelope: 'composite', finer: 'in the message', further: 'composite' },
  'two-level': { ...PLAIN, envelope: 'two-level', details: 'data', finer: 'sub_code', further: 'two-level' },
  problem: {
    ...PLAIN,
    envelope: 'problem',
    message: 'detail',
    requestId: 'request_id',
    finer: undefined,
    further: 'flat',
  },
}

/** The shapes that a client reads, those of further errors too, each once. */
export function shapesOf({ bodies }: Client): readonly Shape[] {
  const names = bodies.map(({ envelope }) => envelope)
  return Object.values(SHAPES).filter(
    ({ envelope }) => names.includes(envelope) || names.some((name) => SHAPES[name].further === envelope),
  )
}

/** Whether codes refine others. */
export function hasParents(client: Client): boolean {
  return shapesOf(client).some(({ finer }) => finer !== undefined)
}
