// How Paperboy is run: compose.yaml, the systemd unit, the Kubernetes example and the alerts. None can be run in a test, so what they name is
// looked for here: variables, files, secrets, ports, paths, and the time in which the bot is out.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { variables } from '#config'
import { readYaml, type Yaml } from './manifest.ts'

type Tree = { readonly [key: string]: Tree } & readonly Tree[] & string

const KNOWN = new Set(variables.flatMap(({ name }) => [name, `${name}_FILE`]))
const FOR_NODE = ['NODE_ENV', 'MALLOC_ARENA_MAX']
/** https://hub.docker.com/_/postgres */
const OF_POSTGRES = ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD_FILE']
/** Seconds in which SIGTERM ends the bot. */
const DRAIN = 10
const HEALTH = readFileSync('src/cli/health.ts', 'utf8')
const IMAGE = readFileSync('Dockerfile', 'utf8')

const tree = (text: string): Tree => readYaml(text) as Yaml as Tree
const values = <T>(of: { readonly [key: string]: T } | undefined): T[] => Object.values(of ?? {})
const list = (of: Tree | undefined): readonly Tree[] => of ?? []
const seconds = (text: string) => Number(/^(\d+)s$/.exec(text)?.[1])

describe('compose.yaml', () => {
  const { services, secrets, volumes } = tree(readFileSync('compose.yaml', 'utf8')) as Record<string, Tree>
  const { bot, database } = services as Record<string, Tree>
  const pairs = (service: Tree) => (service.environment as readonly string[]).map((line) => line.split('='))

  test('sets only variables that are read', () => {
    expect(pairs(bot!).filter(([name = '']) => !KNOWN.has(name))).toEqual([])
    expect(pairs(database!).filter(([name = '']) => !OF_POSTGRES.includes(name))).toEqual([])
  })

  test('has no password in it: each is in a file that it mounts', () => {
    for (const service of values(services as Record<string, Tree>)) {
      const files = pairs(service)
        .filter(([name]) => name?.endsWith('_FILE'))
        .map(([, path]) => path)
      expect(files).toEqual((service.secrets as readonly string[]).map((name) => `/run/secrets/${name}`))
    }
    const mounted = values(services as Record<string, Tree>).flatMap(({ secrets }) => [...(secrets as readonly string[])])
    expect(Object.keys(secrets!).sort()).toEqual(mounted.sort())
    expect(values(secrets).map(({ file }) => file)).toEqual(Object.keys(secrets!).map((name) => `secrets/${name}`))
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('secrets/')
    const urls = readFileSync('compose.yaml', 'utf8')
      .split('\n')
      .filter((line) => /\/\/[^\s/]*:[^\s/]*@/.test(line))
    expect(urls.filter((line) => !line.startsWith('#'))).toEqual([])
  })

  test('takes the database from its file and not from the image', () => {
    expect(pairs(bot!)).toContainEqual(['DATABASE_URL', ''])
  })

  test('mounts the volumes that it has, the bot’s where the image lets it write', () => {
    const mounts = values(services as Record<string, Tree>).flatMap(({ volumes }) => [...(volumes as readonly string[])])
    expect(mounts.map((mount) => mount.split(':')[0]).sort()).toEqual(Object.keys(volumes!).sort())
    expect(mounts).toContain('index:/data')
    expect(IMAGE).toContain('VOLUME /data')
  })

  test('opens the image’s ports to this machine alone', () => {
    const exposed = /^EXPOSE (.+)$/m.exec(IMAGE)?.[1]?.split(' ')
    expect(bot!.ports).toEqual(exposed?.map((port) => `127.0.0.1:${port}:${port}`))
  })

  test('finds the database well only once others are let in: by its socket it answers while it is being set up', () => {
    expect(database!.healthcheck?.test).toContain('--host=127.0.0.1')
  })

  test('waits for the database, and as long as the bot needs to end', () => {
    expect(bot!.depends_on?.database?.condition).toBe('service_healthy')
    expect(database!.healthcheck?.test).toContain('pg_isready')
    expect(seconds(bot!.stop_grace_period!)).toBeGreaterThan(DRAIN)
  })
})

describe('deploy/kubernetes.yaml', () => {
  const [deployment, service] = readFileSync('deploy/kubernetes.yaml', 'utf8').split('---\n').map(tree)
  const pod = deployment!.spec?.template as Tree
  const [container] = list(pod.spec?.containers)

  test('its parts find each other', () => {
    expect(deployment!.spec?.selector?.matchLabels).toEqual(pod.metadata?.labels)
    expect(service!.spec?.selector).toEqual(pod.metadata?.labels)
    const names = list(container!.ports).map(({ name }) => name)
    expect(list(service!.spec?.ports).map(({ targetPort }) => targetPort)).toEqual(['slack'])
    expect(names).toEqual(['slack', 'health'])
    const mounted = list(container!.volumeMounts).map(({ name }) => name)
    expect(list(pod.spec?.volumes).map(({ name }) => name)).toEqual(mounted)
  })

  test('its ports are the image’s', () => {
    const ports = list(container!.ports).map(({ containerPort }) => containerPort)
    expect(/^EXPOSE (.+)$/m.exec(IMAGE)?.[1]?.split(' ')).toEqual(ports)
  })

  test.each(['startupProbe', 'livenessProbe', 'readinessProbe'])('its %s asks for what is answered', (probe) => {
    const { path, port } = container![probe]?.httpGet ?? ({} as Tree)
    expect(port).toBe('health')
    expect(HEALTH).toContain(`path === '${path}'`)
  })

  test('what is away does not end it: that is a matter of readiness', () => {
    expect(container!.livenessProbe?.httpGet?.path).toBe('/healthz')
    expect(container!.readinessProbe?.httpGet?.path).toBe('/readyz')
  })

  test('has time to be taken out of the service and to end', () => {
    const pause = Number(container!.lifecycle?.preStop?.sleep?.seconds)
    expect(Number(pod.spec?.terminationGracePeriodSeconds)).toBeGreaterThan(pause + DRAIN)
  })

  test('names its secret and holds none; runs without rights, and with a version', () => {
    expect(container!.envFrom).toEqual([{ secretRef: { name: 'paperboy' } }])
    expect(container!.env).toBeUndefined()
    expect(pod.spec?.securityContext?.runAsNonRoot).toBe(true)
    expect(container!.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true })
    expect(container!.image).toMatch(/:(?!latest)[\w.]+$/)
  })
})

describe('deploy/paperboy.service', () => {
  const lines = readFileSync('deploy/paperboy.service', 'utf8').split('\n')
  const all = (name: string) => lines.filter((line) => line.startsWith(`${name}=`)).map((line) => line.slice(name.length + 1))

  test('sets only variables that are read', () => {
    const names = all('Environment').map((pair) => pair.split('=')[0]!)
    expect(names.filter((name) => !KNOWN.has(name) && !FOR_NODE.includes(name))).toEqual([])
  })

  test('hands over secrets as files, each of which is read', () => {
    const given = all('LoadCredential').map((line) => `%d/${line.split(':')[0]}`)
    const read = all('Environment').flatMap((pair) => /_FILE=(.+)$/.exec(pair)?.[1] ?? [])
    expect(read).toEqual(given)
  })

  test('runs what is there, with the Node that npm ci brings', () => {
    const [node = '', script = '', call] = all('ExecStart')[0]!.split(' ')
    const here = (path: string) => path.replace('/opt/paperboy/', '')
    expect([node, script].filter((path) => !path.startsWith('/') || !existsSync(here(path)))).toEqual([])
    expect(call).toBe('serve')
    expect(
      all('Documentation')
        .map((url) => here(url.replace('file:', '')))
        .filter((path) => !existsSync(path)),
    ).toEqual([])
  })

  test('keeps its data where it may write, and waits as long as the bot needs to end', () => {
    const [state] = all('StateDirectory')
    expect(all('Environment')).toContain(`DATABASE_URL=file:/var/lib/${state}/paperboy.db`)
    // The index of a PostgreSQL database is made there too.
    expect(all('WorkingDirectory')).toEqual([`/var/lib/${state}`])
    expect(Number(all('TimeoutStopSec')[0])).toBeGreaterThan(DRAIN)
  })

  test('may do little', () => {
    expect(all('DynamicUser')).toEqual(['yes'])
    expect(all('ProtectSystem')).toEqual(['strict'])
    expect(all('CapabilityBoundingSet')).toEqual([''])
    expect(all('MemoryDenyWriteExecute')).toEqual([])
  })
})

describe('deploy/alerts.yaml', () => {
  const rules = list(list(tree(readFileSync('deploy/alerts.yaml', 'utf8')).groups)[0]?.rules)
  const documented = /### What each alert means\n(.+?)\n### /s.exec(readFileSync('docs/operations.md', 'utf8'))?.[1] ?? ''
  const SPANS: Readonly<Record<string, string>> = {
    'at once': '0m',
    'a minute': '1m',
    '5 minutes': '5m',
    '15 minutes': '15m',
    'an hour': '1h',
    'a day': '1d',
  }

  test('has the rules that docs/operations.md explains, and each has a name of its own', () => {
    const rows = [...documented.matchAll(/^\| `(.+?)` \| (.+?) \|/gm)].map(([, expr, span = '']) => [expr, SPANS[span]])
    expect(rules.map((rule) => [rule.expr, rule.for ?? '0m'])).toEqual(rows)
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
    expect(rules.map(({ annotations }) => annotations?.summary).filter((summary) => !summary)).toEqual([])
  })

  test('looks at figures that there are', () => {
    const figures = readFileSync('docs/operations.md', 'utf8').matchAll(/^\| `(paperboy_\w+)` \|/gm)
    const known = new Set([...figures].map(([, name]) => name))
    const named = rules.flatMap(({ expr }) => String(expr).match(/paperboy_\w+/g) ?? [])
    expect(named.filter((name) => !known.has(name.replace(/_bucket$/, '')))).toEqual([])
  })
})
