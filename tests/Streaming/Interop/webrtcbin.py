"""GStreamer's webrtcbin as a publisher or a viewer, for GStreamerPeer.cs.

webrtcbin.py publish|view h264|vp8

Speaks JSON, one document a line. It writes {"offer": SDP} with its candidates gathered, reads {"answer": SDP}, and then
writes {"state": ...} for each change of the connection and {"video": N, "audio": N}, the pictures and sounds decoded
so far, twice a second. It ends when its input does.
"""
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

CODECS = {
    "h264": {
        "caps": "application/x-rtp,media=video,encoding-name=H264,payload=96,clock-rate=90000,packetization-mode=(string)1,"
                "profile-level-id=(string)42e01f,rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
        "encode": "openh264enc complexity=low gop-size=30 ! video/x-h264,profile=constrained-baseline ! h264parse config-interval=-1 ! rtph264pay aggregate-mode=zero-latency",
        "decode": "rtph264depay ! h264parse ! openh264dec",
    },
    "vp8": {
        "caps": "application/x-rtp,media=video,encoding-name=VP8,payload=98,clock-rate=90000,rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
        "encode": "vp8enc deadline=1 keyframe-max-dist=30 target-bitrate=400000 ! rtpvp8pay picture-id-mode=15-bit",
        "decode": "rtpvp8depay ! vp8dec",
    },
}
OPUS = "application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,encoding-params=(string)2"


def say(**document):
    print(json.dumps(document), flush=True)


class Peer:
    def __init__(self, role, codec):
        self.codec = CODECS[codec]
        self.counts = {"video": 0, "audio": 0}
        if role == "publish":
            self.pipeline = Gst.parse_launch(
                "webrtcbin name=peer bundle-policy=max-bundle "
                "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1 ! videoconvert "
                f"! {self.codec['encode']} ! {self.codec['caps'].split(',packetization-mode')[0].split(',rtcp-fb')[0]} ! queue ! peer. "
                f"audiotestsrc is-live=true wave=ticks ! audioconvert ! audioresample ! opusenc ! rtpopuspay ! {OPUS.split(',encoding-params')[0]} ! queue ! peer.")
        else:
            self.pipeline = Gst.Pipeline()
            self.pipeline.add(Gst.parse_launch("webrtcbin name=peer bundle-policy=max-bundle"))
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("notify::ice-gathering-state", self.on_gathering)
        self.peer.connect("notify::connection-state", self.on_connection)
        if role == "view":
            receive = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
            self.peer.emit("add-transceiver", receive, Gst.Caps.from_string(self.codec["caps"]))
            self.peer.emit("add-transceiver", receive, Gst.Caps.from_string(OPUS))
            self.peer.connect("pad-added", self.on_pad)
            self.pipeline.set_state(Gst.State.PLAYING)
            self.offer()
        else:
            for index in range(2):
                self.peer.emit("get-transceiver", index).set_property(
                    "direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
            self.peer.connect("on-negotiation-needed", lambda _: self.offer())
            self.pipeline.set_state(Gst.State.PLAYING)

    def offer(self):
        self.peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.on_offer))

    def on_offer(self, promise):
        # The offer lives only as long as the reply that holds it.
        reply = promise.get_reply()
        offer = reply.get_value("offer")
        self.peer.emit("set-local-description", offer, Gst.Promise.new())

    def on_gathering(self, *_):
        if self.peer.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            say(offer=self.peer.get_property("local-description").sdp.as_text())

    def on_connection(self, *_):
        say(state=self.peer.get_property("connection-state").value_nick)

    def answer(self, text):
        _, sdp = GstSdp.SDPMessage.new_from_text(text)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.peer.emit("set-remote-description", answer, Gst.Promise.new())

    def on_pad(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        kind = pad.get_current_caps().get_structure(0).get_string("media")
        decode = self.codec["decode"] if kind == "video" else "rtpopusdepay ! opusdec"
        sink = Gst.parse_bin_from_description(f"queue ! {decode} ! fakesink name=sink sync=false signal-handoffs=true", True)
        sink.get_by_name("sink").connect("handoff", self.on_decoded, kind)
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def on_decoded(self, _sink, _buffer, _pad, kind):
        self.counts[kind] += 1

    def report(self):
        say(**self.counts)
        return True


def main():
    Gst.init(None)
    loop = GLib.MainLoop()
    peer = Peer(*sys.argv[1:3])
    bus = peer.pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect("message::error", lambda _, message: (print(message.parse_error(), file=sys.stderr), loop.quit()))
    GLib.timeout_add(500, peer.report)

    def read():
        for line in sys.stdin:
            GLib.idle_add(peer.answer, json.loads(line)["answer"])
        loop.quit()

    threading.Thread(target=read, daemon=True).start()
    loop.run()
    peer.pipeline.set_state(Gst.State.NULL)


main()
