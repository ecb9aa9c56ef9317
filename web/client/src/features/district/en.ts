import type zh from './zh-CN'

export default {
  district: {
    alerts: '{n} alert | {n} alerts',
    lessons: '{n}/{of} lessons',
    lessonsNow: 'Of the rooms that have a lesson now, those where people are seen',
    title: 'District',
    grid: 'Schools: arrows move, Enter opens',
    search: 'Find a school',
    onlyLive: 'Live only',
    stalledCount: '{n} stalled',
    failed: 'The schools could not be loaded',
    noMatch: 'No school matches',
    noMatchText: 'Try another name, or clear the filters.',
    noneLive: 'No school is live now',
    noneLiveText: 'Schools appear here by themselves when their recorders connect.',
    spoken: '{school}, {live} of {rooms} rooms live, head-up rate {headUp}, {hands} hands up',
  },
} satisfies typeof zh
