using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>Whose turn it is, on a simulated worker.</summary>
public sealed class SlotRotaTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Pictures _pictures = new();
    private readonly SlotRota _rota = new();

    [Fact]
    public void Rooms_that_are_due_are_served_in_the_order_in_which_they_fell_due()
    {
        Add("late", due: 0.3);
        Add("early", due: 0.1);
        Add("not yet", due: 2);

        Serve(1).ShouldBe("early");
        Serve(1).ShouldBe("late");
        Serve(1).ShouldBeNull();
        _rota.NextDue().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_visited_room_goes_first()
    {
        Add("early", due: 0.1);
        Add("visited", due: 0.3).Visited = true;

        Serve(1).ShouldBe("visited");
        Serve(1).ShouldBe("early");
    }

    [Fact]
    public void However_many_rooms_are_visited_none_waits_for_more_than_an_interval_beyond_its_turn_and_one_round()
    {
        const int Rooms = 12;
        const double Service = 0.25;
        for (int room = 0; room < Rooms; room++)
        {
            Add($"r{room}", due: 0).Visited = room > 0;
        }

        var served = new List<double>();
        for (double now = 0; now < 120; now += Service)
        {
            RoomSlot slot = _rota.Next(TimeSpan.FromSeconds(now), Interval).ShouldNotBeNull();
            slot.Due = TimeSpan.FromSeconds(now) + Interval;
            if (slot.RoomId == "r0")
            {
                served.Add(now);
            }
        }

        double longest = served.Zip(served.Skip(1), (first, next) => next - first).Max();
        longest.ShouldBeLessThanOrEqualTo(2 + Rooms * Service + Service);
    }

    [Fact]
    public void A_full_node_gives_every_room_the_same_number_of_turns()
    {
        string[] rooms = ["a", "b", "c", "d", "e"];
        foreach (string room in rooms)
        {
            Add(room, due: 0);
        }

        var turns = rooms.ToDictionary(room => room, _ => 0);
        for (double now = 0; now < 100; now += 0.5)
        {
            RoomSlot slot = _rota.Next(TimeSpan.FromSeconds(now), Interval).ShouldNotBeNull();
            slot.Due = TimeSpan.FromSeconds(now) + Interval;
            turns[slot.RoomId]++;
        }

        turns.Values.ShouldAllBe(count => count == 40);
    }

    [Fact]
    public void A_room_in_hand_or_without_a_picture_has_no_turn()
    {
        Add("in hand", due: 0).InHand = true;
        RoomSlot empty = Add("empty", due: 0);
        empty.Waiting = null;

        Serve(1).ShouldBeNull();
        _rota.NextDue().ShouldBeNull();
    }

    private RoomSlot Add(string roomId, double due)
    {
        var slot = new RoomSlot(roomId, new RoomObserver())
        {
            Due = TimeSpan.FromSeconds(due),
            Waiting = _pictures.Take(DateTimeOffset.UnixEpoch),
        };
        _rota.Add(slot);
        return slot;
    }

    private string? Serve(double now)
    {
        RoomSlot? slot = _rota.Next(TimeSpan.FromSeconds(now), Interval);
        if (slot is not null)
        {
            slot.Waiting = null;
        }

        return slot?.RoomId;
    }
}
