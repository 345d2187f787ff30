import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname } from 'node:path'

/** Lets the files of a folder find what has an install of its own, as those of an app do. */
export function linkApart(under: string): void {
  for (const folder of ['test/clients', 'test/observe']) {
    const { devDependencies } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest
    for (const name of Object.keys(devDependencies)) {
      const link = `${under}/node_modules/${name}`
      const target = `${folder}/node_modules/${name}`
      if (existsSync(`node_modules/${name}`) || !existsSync(target) || existsSync(link)) continue
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(realpathSync(target), link)
    }
  }
}

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>
}
