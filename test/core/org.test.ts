import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orgSlug, orgSlugs } from '#core/org.ts'

describe('orgSlug', () => {
  test.each([
    ['University of California, Berkeley', 'berkeley'],
    ['Department of EECS, University of California, Berkeley, CA, USA', 'berkeley'],
    ['UC Berkeley', 'berkeley'],
    ['University of California, San Diego', 'ucsd'],
    ['ETH Zürich', 'eth-zurich'],
    ['Dept. of Computer Science, ETH Zurich, Switzerland', 'eth-zurich'],
    ['Google DeepMind', 'deepmind'],
    ['Google DeepMind, London', 'deepmind'],
    ['Google (United States)', 'google'],
    ['Massachusetts Institute of Technology', 'mit'],
    ['MIT', 'mit'],
    ['IBM Research - Zurich', 'ibm'],
    ['Inria – Sophia Antipolis', 'inria'],
    ['École Polytechnique Fédérale de Lausanne', 'epfl'],
    ['The University of Tokyo', 'tokyo'],
    ['Allen Institute for AI', 'ai2'],
  ])('%s is known as %s', (name, slug) => {
    expect(orgSlug(name)).toBe(slug)
  })

  test.each([
    ['University of Bonn', 'bonn'],
    ['Universität Tübingen', 'tubingen'],
    ['Aarhus University', 'aarhus'],
    ['Institute for Theoretical Physics, Utrecht University, The Netherlands', 'utrecht'],
    ['Acme Robotics, Inc.', 'acme-robotics'],
    ['Institute of Physics', 'institute-of-physics'],
    ['東京大学', '東京大学'],
  ])('%s, which no table lists, becomes %s', (name, slug) => {
    expect(orgSlug(name)).toBe(slug)
  })

  test('is undefined where no letter is left', () => {
    expect(orgSlug(' – , ')).toBeUndefined()
    expect(orgSlug('')).toBeUndefined()
  })

  test('is short and plain for any affiliation', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const slug = orgSlug(name)
        if (slug === undefined) return
        expect(/^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u.test(slug) && [...slug].length <= 40).toBe(true)
      }),
    )
  })
})

test('orgSlugs names each organisation once, in the order of the affiliations', () => {
  expect(orgSlugs(['ETH Zürich', 'UC Berkeley', '', 'ETH Zurich, Switzerland'])).toEqual(['eth-zurich', 'berkeley'])
})
