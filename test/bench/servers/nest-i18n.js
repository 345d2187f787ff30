import { Catch, HttpException } from '@nestjs/common'
import { AcceptLanguageResolver, I18nContext, I18nLoader, I18nModule } from 'nestjs-i18n'
import { LOCALES, NAMESPACE, resources } from './job.js'
import { nestServer } from './nest-app.js'

class UsernameTaken extends HttpException {
  code = 1006

  constructor() {
    super('Username already exists', 409)
  }
}

/** The catalog's texts, as its own loader gives those of JSON files. */
class Loader extends I18nLoader {
  languages() {
    return Promise.resolve(LOCALES)
  }

  load() {
    return Promise.resolve(resources)
  }
}

/** A filter that translates, as nestjs-i18n's guide writes it. */
class Filter {
  catch(exception, host) {
    const i18n = I18nContext.current(host)
    const { code } = exception
    host
      .switchToHttp()
      .getResponse()
      .status(exception.getStatus())
      .header('Content-Language', i18n.lang)
      .header('Vary', 'Accept-Language')
      .send({ code, message: i18n.t(`${NAMESPACE}.${code}.message`) })
  }
}
Catch(HttpException)(Filter)

/** Nest's own exception beside nestjs-i18n. */
export function create({ platform }) {
  const i18n = I18nModule.forRoot({
    fallbackLanguage: 'en',
    loader: Loader,
    loaderOptions: {},
    resolvers: [AcceptLanguageResolver],
    logging: false,
  })
  return nestServer(platform, () => new UsernameTaken(), {
    imports: [i18n],
    filters: [new Filter()],
    tellsId: true,
  })
}
