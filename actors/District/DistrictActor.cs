using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Kernel;
using Xunke.Actors.Live;
using Xunke.Actors.Schools;

namespace Xunke.Actors.District;

/// <summary>The district: the newest view of every school, told on at most once a second. The schools are its children.</summary>
internal sealed class DistrictActor : Actor<DistrictMessage>
{
    private readonly IReadOnlyList<SchoolRegistration> _registrations;
    private readonly ClassroomServices _services;
    private readonly Dictionary<string, SchoolView> _schools;
    private readonly ViewPace _pace;
    private ImmutableDictionary<string, ActorRef<SchoolMessage>> _actors = ImmutableDictionary<string, ActorRef<SchoolMessage>>.Empty;
    private bool _viewPending;
    private long _sequence;

    private DistrictActor(
        ActorContext<DistrictMessage> context, IReadOnlyList<SchoolRegistration> schools, ClassroomServices services)
        : base(context)
    {
        _registrations = schools;
        _services = services;
        _pace = new ViewPace(context.Time, services.Settings.ViewInterval);
        var now = context.Time.GetUtcNow();
        _sequence = now.ToUnixTimeMilliseconds();
        _schools = schools.ToDictionary(school => school.SchoolId, school => EmptyViews.School(school, now), StringComparer.Ordinal);
    }

    /// <summary>How the district is kept. A restart leaves its schools as they are and asks them for their views again.</summary>
    public static Props<DistrictMessage> Props(IReadOnlyList<SchoolRegistration> schools, ClassroomServices services) =>
        new(context => new DistrictActor(context, schools, services))
        {
            Mailbox = MailboxOptions<DistrictMessage>.LatestWins(
                schools.Count + 256, static message => message is SchoolChanged changed ? changed.View.SchoolId : null),
            Supervision = SupervisionStrategy.Restarting(
                TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), int.MaxValue, TimeSpan.FromMinutes(1)),
        };

    protected override ValueTask OnStartAsync()
    {
        var actors = ImmutableDictionary.CreateBuilder<string, ActorRef<SchoolMessage>>(StringComparer.Ordinal);
        foreach (var school in _registrations)
        {
            if (Context.Child<SchoolMessage>(school.SchoolId) is { } actor)
            {
                actor.Tell(new RepeatSchoolView());
            }
            else
            {
                actor = Context.Spawn(school.SchoolId, SchoolActor.Props(school, Context.Self, _services));
            }

            actors.Add(school.SchoolId, actor);
        }

        _actors = actors.ToImmutable();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask ReceiveAsync(DistrictMessage message)
    {
        switch (message)
        {
            case SchoolChanged changed:
                _schools[changed.View.SchoolId] = changed.View;
                ShowSoon();
                break;
            case GetDistrict get:
                get.Reply.Tell(View());
                break;
            case GetSchoolActors get:
                get.Reply.Tell(_actors);
                break;
            case DistrictViewDue:
                _viewPending = false;
                Show();
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void ShowSoon()
    {
        if (_viewPending)
        {
            return;
        }

        var wait = _pace.Wait;
        if (wait <= TimeSpan.Zero)
        {
            Show();
        }
        else
        {
            _viewPending = true;
            Context.Timers.StartSingle(nameof(DistrictViewDue), new DistrictViewDue(), wait);
        }
    }

    private void Show()
    {
        _pace.Mark();
        _services.Views.Publish(View());
    }

    private DistrictView View() => new(
        ++_sequence, Context.Time.GetUtcNow(), [.. _registrations.Select(school => _schools[school.SchoolId])]);
}
