const { Controller, Get, Module } = require('@nestjs/common')
const { NestFactory } = require('@nestjs/core')
const { BizError, catalog } = require('bizerror/catalogs/cloud-waf')
const { BizErrorsModule } = require('bizerror/nest')
const { ask } = require('../ask.cjs')

// As TypeScript writes the decorators.
class Users {
  add() {
    throw new BizError(1006)
  }
}
Controller()(Users)
Get('conflict')(Users.prototype, 'add', Object.getOwnPropertyDescriptor(Users.prototype, 'add'))

class App {}
Module({ imports: [BizErrorsModule.forRoot({ catalog })], controllers: [Users] })(App)

async function main() {
  const app = await NestFactory.create(App, { logger: false })
  await app.init()
  for (const answer of await ask(
    app.getHttpAdapter().getInstance(),
    ['/conflict', '/nowhere'],
    ['fr', 'zh-TW'],
  ))
    console.log(JSON.stringify(answer))
  await app.close()
}

void main()
