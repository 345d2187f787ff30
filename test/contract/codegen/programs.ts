import { fileOf, type LanguageName } from '../../../src/contract/codegen/generate.ts'
import { pageOf } from '../../docs/pages.ts'
import { dumps, type ClientName } from './clients.ts'
import { homeOf } from './toolchains.ts'

/*
 * A program in each language, which is given lines of requests (client, method, address, body, then names and values of
 * headers, with tabs between) and prints a line of what it reads of each answer.
 */

interface Read {
  readonly name: ClientName
  readonly home: string
  /** The name that the generated types begin with. */
  readonly api: string
  readonly kind: 'number' | 'other'
  readonly hasParent: boolean
  readonly readsBody: boolean
}

const NUMBERS: readonly ClientName[] = ['cloudWaf', 'cdn', 'gateway', 'problem', 'custom']
const WITH_PARENTS: readonly ClientName[] = ['cdn', 'gateway', 'mixed', 'always200']
const READ: readonly ClientName[] = [
  'always200',
  'cdn',
  'cloudWaf',
  'custom',
  'gateway',
  'mixed',
  'problem',
  'secrets',
]

const clients: readonly Read[] = READ.map((name) => ({
  name,
  home: homeOf(name),
  api: dumps[name].catalog.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
  kind: NUMBERS.includes(name) ? 'number' : 'other',
  hasParent: WITH_PARENTS.includes(name),
  readsBody: name !== 'custom',
}))

function all(write: (client: Read) => string): string {
  return clients.map(write).join('')
}

/** The path of a client's file without its extension. */
function moduleOf({ home, name }: Read, language: LanguageName): string {
  return fileOf(home, dumps[name].catalog, language).replace(/\.\w+$/, '')
}

const typescript = `${all((client) => `import { ${client.readsBody ? `check${client.api}Response, ` : `read${client.api}Error, `}${client.api}Error } from "./${moduleOf(client, 'typescript')}.js";\n`)}
declare const fetch: (url: string, init: object) => Promise<{
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly clone: () => { readonly text: () => Promise<string> };
  readonly text: () => Promise<string>;
}>;
declare const console: { readonly log: (line: string) => void };
declare const process: { readonly argv: readonly string[] };

type Answer = Awaited<ReturnType<typeof fetch>>;

function line(...values: readonly unknown[]): string {
  return values.map((value) => value ?? "-").join("|");
}

const readers: Record<string, (answer: Answer) => Promise<string>> = {
${all(
  ({ name, api, hasParent, readsBody }) => `  async ${name}(answer) {
    try {
${readsBody ? `      await check${api}Response(answer);` : `      const error = read${api}Error(answer);\n      if (error !== undefined) throw error;`}
    } catch (error) {
      if (!(error instanceof ${api}Error)) throw error;
      const { code, status, retryable, retryAfter, requestId, message, further } = error;
      return line(code, ${hasParent ? 'error.parent' : 'undefined'}, status, retryable, retryAfter, requestId, message, further.map((each) => each.code).join());
    }
    return "success of " + (await answer.text()).length;
  },
`,
)}};

const lines = (process.argv[2] ?? "").split("\\n");
for (const request of lines) {
  const [name = "", method = "", url = "", body = "", ...fields] = request.split("\\t");
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) headers.push([fields[at] ?? "", fields[at + 1] ?? ""]);
  const answer = await fetch(url, { method, headers, ...(body === "" ? {} : { body }) });
  console.log((await readers[name]?.(answer)) ?? "no reader");
}
`

const go = `package main

import (
	"errors"
${all(({ home }) => `\t"example.com/${home}"\n`)}	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func or(value interface{}) string {
	text := strings.Trim(fmt.Sprint(value), "\\"")
	if text == "" {
		return "-"
	}
	return text
}

func wait(after time.Duration, ok bool) string {
	if !ok {
		return "-"
	}
	return fmt.Sprint(int(after.Seconds() + 0.999))
}

${all(
  ({ name, home, hasParent }) => `func ${name}(resp *http.Response) string {
	err := ${home}.CheckResponse(resp)
	var e *${home}.Error
	if !errors.As(err, &e) {
		body, _ := io.ReadAll(resp.Body)
		return fmt.Sprintf("success of %d", len(body))
	}
	code, parent, message := or(e.Code), "-", e.Message
	if e.Code == ${home}.NoCode {
		code, message = "-", e.Error()
	}
${
  hasParent
    ? `	if e.Parent != ${home}.NoCode {
		parent = or(e.Parent)
	}
`
    : ''
}	further := []string{}
	for _, f := range e.Further {
		further = append(further, or(f.Code))
	}
	return strings.Join([]string{code, parent, fmt.Sprint(e.Status), fmt.Sprint(e.Retryable()), wait(e.RetryAfter()), or(e.RequestID), message, strings.Join(further, ",")}, "|")
}

`,
)}var readers = map[string]func(*http.Response) string{
${all(({ name }) => `\t"${name}": ${name},\n`)}}

func main() {
	for _, line := range strings.Split(os.Args[1], "\\n") {
		fields := strings.Split(line, "\\t")
		req, err := http.NewRequest(fields[1], fields[2], strings.NewReader(fields[3]))
		if err != nil {
			panic(err)
		}
		for at := 4; at+1 < len(fields); at += 2 {
			req.Header.Set(fields[at], fields[at+1])
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			panic(err)
		}
		fmt.Println(readers[fields[0]](resp))
		resp.Body.Close()
	}
}
`

const python = `import sys
import urllib.error
import urllib.request

${all((client) => `from ${moduleOf(client, 'python').replace('/', '.')} import ${client.api}Error\n`)}
ERRORS = {
${all(({ name, api }) => `    "${name}": ${api}Error,\n`)}}


def show(value):
    return "-" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


for line in sys.argv[1].split("\\n"):
    name, method, url, body, *fields = line.split("\\t")
    request = urllib.request.Request(url, body.encode() or None, dict(zip(fields[::2], fields[1::2])), method=method)
    try:
        response = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        text = response.read()
    arguments = (response.status, response.headers) if name == "custom" else (response.status, response.headers, text)
    error = ERRORS[name].from_response(*arguments)
    if error is None:
        print(f"success of {len(text)}")
        continue
    parts = (error.code, getattr(error, "parent", None), error.status, error.retryable, error.retry_after, error.request_id)
    print("|".join([*map(show, parts), str(error), ",".join(show(each.code) for each in error.further)]))
`

const java = `import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.stream.Collectors;

final class Main {
  static String show(Object value) {
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? String.valueOf(number.getAsLong()) : "-";
    }
    return value instanceof Optional<?> optional ? optional.map(String::valueOf).orElse("-") : String.valueOf(value);
  }

${all(
  ({ name, home, api, hasParent }) => `  static String ${name}(HttpResponse<String> response) {
    Optional<${home}.${api}Exception> read = ${home}.${api}Exception.from(response);
    if (read.isEmpty()) {
      return "success of " + response.body().length();
    }
    ${home}.${api}Exception e = read.get();
    Optional<Long> wait = e.retryAfter().map(each -> (each.toMillis() + 999) / 1000);
    String further = e.further().stream().map(each -> show(each.rawCode())).collect(Collectors.joining(","));
    return String.join("|", show(e.rawCode()), ${hasParent ? 'show(e.parent())' : '"-"'}, show(e.status()), show(e.isRetryable()), show(wait), show(e.requestId()), e.getMessage(), further);
  }

`,
)}  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    HttpClient client = HttpClient.newHttpClient();
    for (String line : args[0].split("\\n")) {
      String[] fields = line.split("\\t", -1);
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fields[2])).method(fields[1], HttpRequest.BodyPublishers.ofString(fields[3]));
      for (int at = 4; at + 1 < fields.length; at += 2) {
        request.header(fields[at], fields[at + 1]);
      }
      HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      out.println(
          switch (fields[0]) {
${all(({ name }) => `            case "${name}" -> ${name}(response);\n`)}            default -> "no reader";
          });
    }
  }
}
`

const kotlin = `import java.net.HttpURLConnection
import java.net.URL

fun show(value: Any?): String = value?.toString() ?: "-"

${all(
  ({
    name,
    home,
    api,
    hasParent,
    readsBody,
  }) => `fun ${name}(status: Int, header: (String) -> String?, body: String): String {
    val e = ${home}.${api}Exception.from(status, header${readsBody ? ', body' : ''}) ?: return "success of \${body.length}"
    val wait = e.retryAfter?.let { (it.toMillis() + 999) / 1000 }
    val further = e.further.joinToString(",") { show(it.rawCode) }
    return listOf(show(e.rawCode), ${hasParent ? 'show(e.parent)' : '"-"'}, e.status, e.isRetryable, show(wait), show(e.requestId), e.message, further).joinToString("|")
}

`,
)}fun main(args: Array<String>) {
    for (line in args[0].split("\\n")) {
        val fields = line.split("\\t")
        val connection = URL(fields[2]).openConnection() as HttpURLConnection
        connection.requestMethod = fields[1]
        for (at in 4 until fields.size - 1 step 2) connection.setRequestProperty(fields[at], fields[at + 1])
        if (fields[3] != "") {
            connection.doOutput = true
            connection.outputStream.use { it.write(fields[3].toByteArray()) }
        }
        val status = connection.responseCode
        val stream = if (status < 400) connection.inputStream else connection.errorStream
        val body = stream?.use { it.readBytes().toString(Charsets.UTF_8) } ?: ""
        val header = { name: String -> connection.getHeaderField(name) }
        System.out.write(
            (
                when (fields[0]) {
${all(({ name }) => `                    "${name}" -> ${name}(status, header, body)\n`)}                    else -> "no reader"
                } + "\\n"
            ).toByteArray()
        )
    }
    System.out.flush()
}
`

/** The programs, and the files that they stand in. */
export const programs: Readonly<Record<LanguageName, { readonly file: string; readonly text: string }>> = {
  typescript: { file: 'main.ts', text: typescript },
  go: { file: 'main.go', text: go },
  python: { file: 'main.py', text: python },
  java: { file: 'Main.java', text: java },
  kotlin: { file: 'main.kt', text: kotlin },
}

const GLOBALS = `declare const fetch: (url: string) => Promise<{
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly clone: () => { readonly text: () => Promise<string> };
  readonly json: () => Promise<unknown>;
}>;
declare const console: { readonly log: (line: unknown) => void };
declare const process: { readonly argv: readonly string[] };
`

const guideFiles: Readonly<Record<LanguageName, string>> = {
  typescript: 'guide.ts',
  go: 'guide/main.go',
  python: 'guide.py',
  java: 'Example.java',
  kotlin: 'guide.kt',
}

/** The program that the guide shows, beside the clients of these tests. */
export function guideProgram(language: LanguageName): { readonly file: string; readonly text: string } {
  const home = homeOf('secrets')
  const shown = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(pageOf('codegen').text)![1]!
  const text = shown
    .replace('./secrets-errors.js', `./${home}/secrets-errors.js`)
    .replace('"example.com/client/secrets"', `secrets "example.com/${home}"`)
    .replace('from secrets_errors', `from ${home}.secrets_errors`)
    .replaceAll('com.example.secrets', home)
  return { file: guideFiles[language], text: language === 'typescript' ? GLOBALS + text : text }
}
