import type { Format } from './format.ts'
import { readCsv } from './read/csv.ts'
import { readGo } from './read/go.ts'
import { htmlBlocks, readHtml, type Parse5 } from './read/html.ts'
import { readJava } from './read/java.ts'
import { readJson } from './read/json.ts'
import { holdsHtmlTable, readMarkdown } from './read/markdown.ts'
import { readProperties } from './read/properties.ts'
import { readProto } from './read/proto.ts'
import { readText } from './read/text.ts'
import { readTree } from './read/tree.ts'
import { readYaml, type Yaml } from './read/yaml.ts'
import type { Document } from './table.ts'

/** The packages that some formats are read by. */
export interface Peers {
  readonly parse5: () => Promise<Parse5>
  readonly yaml: () => Promise<Yaml>
}

/** Reads a file of one of the formats. */
export async function readDocument(
  text: string,
  format: Format,
  file: string,
  peers: Peers,
): Promise<Document> {
  switch (format) {
    case 'md': {
      const parse5 = holdsHtmlTable(text) ? await peers.parse5() : undefined
      return readMarkdown(text, parse5 && ((html, line) => htmlBlocks(html, line, parse5)))
    }
    case 'html':
      return readHtml(text, await peers.parse5())
    case 'csv':
      return readCsv(text)
    case 'json':
      return readTree(readJson(text, file))
    case 'yaml': {
      const documents = readYaml(text, file, await peers.yaml()).map(readTree)
      return {
        tables: documents.flatMap(({ tables }) => tables),
        remarks: documents.flatMap(({ remarks }) => remarks),
      }
    }
    case 'go':
      return readGo(text)
    case 'java':
      return readJava(text)
    case 'proto':
      return readProto(text)
    case 'properties':
      return readProperties(text)
    default:
      return readText(text)
  }
}
