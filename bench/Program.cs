using Xunke.Bench;
using Xunke.Bench.Actors;
using Xunke.Bench.Analysis;
using Xunke.Bench.Bell;
using Xunke.Bench.Fanout;
using Xunke.Bench.Forward;
using Xunke.Bench.Fuzz;
using Xunke.Bench.Import;
using Xunke.Bench.Lesson;
using Xunke.Bench.Postures;
using Xunke.Bench.Ranges;
using Xunke.Bench.Recall;
using Xunke.Bench.Records;
using Xunke.Bench.Rooms;
using Xunke.Bench.Sessions;
using Xunke.Bench.Voices;

return await new BenchCatalogue
{
    { "analysis", "pictures/s through the whole path over bare ONNX Runtime making the same inferences", AnalysisBench.RunAsync },
    { "actors", "messages/s told to an actor over a bare bounded channel hop", ActorsBench.RunAsync },
    { "forward", "CPU per forwarded packet over that of Janus, and over a bare encrypting loop, under the same load",
        ForwardBench.RunAsync },
    { "fuzz", "ten million mutated inputs through everything that reads what strangers send", FuzzBench.RunAsync },
    { "sessions", "what the process holds after 2,000 publishers and viewers over what it held before", SessionsBench.RunAsync },
    { "soak", "what the process holds after an hour's packets and timers at 10 publishers and 40 viewers over before", SoakBench.RunAsync },
    { "records", "p95 of what pages ask for with 200,000 lessons on PostgreSQL (records sqlite: 20,000) over a fiftieth of them", RecordsBench.RunAsync },
    { "bell", "time until all lessons of 965 rooms that end at one bell have their snapshots over bare work of the same kind", BellBench.RunAsync },
    { "import", "the timetables of a whole district from one list over a loop that writes the rows", ImportBench.RunAsync },
    { "lesson", "time to analyse a lesson's video over the lesson's own length", LessonBench.RunAsync },
    { "ranges", "how far the values of the network's layers go over the ranges that their 8-bit numbers have", RangesBench.RunAsync },
    { "rooms", "rooms held at one sample a second over those that one whole picture a sample would allow", RoomsBench.RunAsync },
    { "postures", "no figure: writes what the posture network is taught from (teach.py beside it does the rest)", PosturesBench.RunAsync },
    { "recall", "behaviours from rendered video against its ground truth", RecallBench.RunAsync },
    { "voices", "who speaks when, in lessons spoken by espeak-ng, against the truth", VoicesBench.RunAsync },
    { "listening", "CPU of a room that is listened to live over the voice detector alone on the same sound", ListeningBench.RunAsync },
    { "fanout", "p99 from a room's view to a dashboard over 500 ms: 965 rooms at 1 Hz, 100 connections", FanoutBench.RunAsync },
}.RunAsync(args, CancellationToken.None);
