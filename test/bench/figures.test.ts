import { expect, test } from 'vitest'
import { figuresTable, withCounted, withTimed } from './figures.ts'
import { pictureOf } from './picture.ts'

const NONE = { timed: {}, counted: {} }
const round = (perSecond: number): { perSecond: number; cpu: number } => ({ perSecond, cpu: 1 })

const timed = withTimed(NONE, {
  node: 'v22.1.3',
  groups: [
    new Map([
      ['express-direct', [round(100), round(200), round(100)]],
      ['express', [round(90), round(160), round(95)]],
      ['raw-again', [round(1), round(1), round(1)]],
    ]),
  ],
})

test('what is timed is kept as multiples, round by round, of what the guide shows alone', () => {
  expect(timed).toEqual({
    timed: {
      '22.1': {
        range: 'of 3 rounds',
        runs: {
          'express-direct': { median: 1, min: 1, max: 1 },
          express: { median: 0.9, min: 0.8, max: 0.95 },
        },
      },
    },
    counted: {},
  })
})

test('what is counted is kept so that more is faster, as with what is timed', () => {
  const instructions = new Map([
    ['express-direct', 1000],
    ['express', 1250],
  ] as const)
  expect(withCounted(timed, 'v22.1.3', instructions).counted).toEqual({
    '22.1': { 'express-direct': 1, express: 0.8 },
  })
  expect(() => withCounted(NONE, 'v22.1.3', new Map())).toThrow('Count express-direct as well')
})

test('the table has a row for each that the guide shows, and a dash for what was not measured', () => {
  const rows = figuresTable(timed).split('\n')
  expect(rows[0]).toBe('| server | timed, Node 22.1 |')
  expect(rows).toContain('| **bizerror** | 0.90 |')
  expect(rows).toContain('| **bizerror on Koa** | – |')
})

test('the picture has a point and a line for each that was measured, and follows the color scheme', () => {
  const svg = pictureOf(timed)
  expect([svg.match(/<circle/g)?.length, svg.match(/stroke-width="2.5"/g)?.length]).toEqual([2, 2])
  expect(pictureOf(timed)).toBe(svg)
  expect(svg).toContain('Node 22.1')
  expect(svg).toContain('@media (prefers-color-scheme:dark)')
})
