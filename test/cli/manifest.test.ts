import { expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

const paperboy = install()

test('manifest prints the app for Socket Mode, whatever else is set wrong', async () => {
  const { code, stdout, stderr } = await install({ PORT: 'eighty' }).run(['manifest'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^display_information:\n/)
  expect(stdout).toContain('socket_mode_enabled: true\n')
})

test('manifest --url fills the address in', async () => {
  const { code, stdout } = await paperboy.run(['manifest', '--url', 'https://papers.lab.example'])
  expect(code).toBe(0)
  expect(stdout).toContain('request_url: https://papers.lab.example/slack/events\n')
})

test('manifest with an address that Slack could not reach ends with 2 and an example', async () => {
  const { code, stdout, stderr } = await paperboy.run(['manifest', '--url', 'localhost:3000'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('paperboy manifest --url https://')
})
