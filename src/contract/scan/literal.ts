import { setMember } from '../../guard/own.ts'
import { nameOf, type Syntax } from './syntax.ts'

/** Makes the value of a syntax tree that holds constants alone, as JSON does. What is none is undefined. */
export function literalOf(node: Syntax | null | undefined): unknown {
  switch (node?.type) {
    case 'Literal':
      return node.value
    case 'ArrayExpression':
      return node.elements.map(literalOf)
    case 'ObjectExpression': {
      const record: Record<string, unknown> = {}
      for (const property of node.properties) {
        const name = property.type === 'Property' ? nameOf(property.key, property.computed) : undefined
        if (name !== undefined && property.type === 'Property')
          setMember(record, name, literalOf(property.value))
      }
      return record
    }
    default:
      return undefined
  }
}
