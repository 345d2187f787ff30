import * as echarts from 'echarts'
import { SHOWN, type Figures, type ShownRun, type Timed } from './figures.ts'

/** Each color on light ground, and what it is on dark ground. */
const DARK: Readonly<Record<string, string>> = {
  '#ffffff': '#0d1117',
  '#1f2328': '#e6edf3',
  '#59636e': '#9198a1',
  '#d1d9e0': '#3d444d',
  '#0a63c9': '#58a6ff',
  '#bc4c00': '#f0883e',
}
const [GROUND = '', TEXT = '', QUIET = '', LINE = '', ...COLORS] = Object.keys(DARK)

const ROW = 26
const [WIDTH, TOP, BOTTOM, LEFT, RIGHT] = [940, 86, 72, 400, 30]

/** A row, or the gap between two groups. */
type Row = ShownRun | undefined
const GAP: Row = undefined

/**
 * The timed figures as an SVG: for each server a point at the median, on a line for the range. The scale is
 * logarithmic, since half and double are equally far from 1.
 */
export function pictureOf({ timed }: Figures): string {
  const nodes = Object.entries(timed)
  const groups = SHOWN.map((group) => group.filter(([run]) => nodes.some(([, { runs }]) => runs[run])))
  const rows = groups.flatMap((group, index) => (index === 0 ? group : [GAP].concat(group)))
  const height = TOP + rows.length * ROW + BOTTOM
  const chart = echarts.init(undefined, undefined, { renderer: 'svg', ssr: true, width: WIDTH, height })
  chart.setOption({
    animation: false,
    backgroundColor: GROUND,
    color: COLORS,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: TEXT },
    title: {
      text: 'Errors answered per second',
      subtext: "as a multiple of Express's own res.status(409).json() in plain English",
      left: 16,
      top: 10,
      textStyle: { color: TEXT, fontSize: 17 },
      subtextStyle: { color: QUIET, fontSize: 13 },
    },
    legend: {
      right: RIGHT,
      top: 14,
      icon: 'circle',
      itemGap: 28,
      textStyle: { color: TEXT, fontSize: 13 },
    },
    graphic: {
      type: 'text',
      left: 16,
      bottom: 16,
      style: { text: legendOfRanges(nodes), fill: QUIET, fontSize: 12 },
    },
    grid: { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM },
    xAxis: {
      type: 'log',
      logBase: 2,
      min: 1 / 8,
      max: 8,
      axisLabel: {
        color: QUIET,
        formatter: (value: number) => (value < 1 ? `1/${1 / value}` : String(value)),
      },
      splitLine: { lineStyle: { color: LINE } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => (row === undefined ? '' : withoutMarkdown(row[1]))),
      axisLabel: {
        color: TEXT,
        fontSize: 13,
        interval: 0,
        formatter: (title: string) => (title.includes('bizerror') ? `{own|${title}}` : title),
        rich: { own: { fontWeight: 'bold', fontSize: 13, color: TEXT } },
      },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: nodes.map(([node, { runs }], index) => {
      const offset = (index - (nodes.length - 1) / 2) * 9
      return seriesOf(`Node ${node}`, runs, rows, { color: COLORS[index]!, offset })
    }),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return withDark(withoutHover(svg))
}

function seriesOf(
  name: string,
  runs: Timed['runs'],
  rows: readonly Row[],
  { color, offset }: { readonly color: string; readonly offset: number },
): echarts.CustomSeriesOption {
  const data = rows.flatMap((row, y) => {
    const spread = row && runs[row[0]]
    return spread ? [[y, spread.median, spread.min, spread.max]] : []
  })
  return {
    type: 'custom',
    name,
    data,
    encode: { x: [1, 2, 3], y: 0 },
    renderItem(_params, api) {
      const row = Number(api.value(0))
      const [median = 0, min = 0, max = 0] = [1, 2, 3].map((at) => api.coord([Number(api.value(at)), row])[0])
      const y = api.coord([1, row])[1]! + offset
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: min, y1: y, x2: max, y2: y },
            style: { stroke: color, lineWidth: 2.5, lineCap: 'round', opacity: 0.6 },
          },
          { type: 'circle', shape: { cx: median, cy: y, r: 4 }, style: { fill: color } },
        ],
      }
    },
  }
}

function legendOfRanges(nodes: readonly (readonly [string, Timed])[]): string {
  const ranges = new Set(nodes.map(([, { range }]) => range))
  return `Further right is faster. A point is a median, a line the range: ${[...ranges].join('; ')}.`
}

function withoutMarkdown(title: string): string {
  return title.replaceAll(/[*`]/g, '')
}

/** What changes under a pointer is of no use here, and is named by the number of charts that the process has made. */
function withoutHover(svg: string): string {
  return svg.replaceAll(/ class="[^"]*"/g, '').replace(/<style ><!\[CDATA\[[^]*?<\/style>\n/, '')
}

/** Has the picture follow its reader's color scheme, ground and all, wherever it is shown. */
function withDark(svg: string): string {
  const rules = Object.entries(DARK).flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((property) => `[${property}="${light}"]{${property}:${dark}}`),
  )
  const style = `<style>@media (prefers-color-scheme:dark){${rules.join('')}}</style>`
  return svg.replace(/^<svg[^>]*>/, (tag) => `${tag}\n${style}`)
}
