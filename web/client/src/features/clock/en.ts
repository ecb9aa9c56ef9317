import type zh from './zh-CN'

export default {
  clock: {
    jump: 'The server’s clock jumped to {now}; by the time that has passed it should be {expected}. Nothing is deleted for its age until you confirm the clock. By it, {recordings} recordings ({size}) and {lessons} lessons are too old.',
    pause:
      'The server was off from {expected} until {now}. Nothing is deleted for its age until you confirm the clock, or it has run steadily for 7 days. By it, {recordings} recordings ({size}) and {lessons} lessons are too old.',
    confirm: 'The clock is right',
  },
} satisfies typeof zh
