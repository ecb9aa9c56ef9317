using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Actors.Schools;

namespace Xunke.Actors.District;

/// <summary>The district: the newest view of every school, told on at most once a second.</summary>
internal sealed class DistrictActor : TypedActor<DistrictMessage>
{
    private readonly IReadOnlyList<SchoolRegistration> _registrations;
    private readonly ImmutableArray<ActorRef<SchoolMessage>> _schoolActors;
    private readonly ClassroomServices _services;
    private readonly Dictionary<string, SchoolView> _schools;
    private readonly ViewPace _pace;
    private bool _viewPending;
    private long _sequence;

    private DistrictActor(
        IReadOnlyList<SchoolRegistration> registrations, ImmutableArray<ActorRef<SchoolMessage>> schools, ClassroomServices services)
    {
        _registrations = registrations;
        _schoolActors = schools;
        _services = services;
        _pace = new ViewPace(services.Time, services.Settings.ViewInterval);
        var now = services.Time.GetUtcNow();
        _sequence = now.ToUnixTimeMilliseconds();
        _schools = registrations.ToDictionary(school => school.SchoolId, school => EmptyViews.School(school, now), StringComparer.Ordinal);
    }

    /// <summary>Beside questions and timers: one view a school.</summary>
    public static MailboxBound Mailbox { get; } = new("district", 256);

    /// <summary>How the district is kept. A restart leaves its schools as they are and asks them for their views again.</summary>
    public static Props<DistrictMessage> Props(
        IReadOnlyList<SchoolRegistration> registrations, ImmutableArray<ActorRef<SchoolMessage>> schools, ClassroomServices services) =>
        Props<DistrictMessage>.Of(() => new DistrictActor(registrations, schools, services), Mailbox);

    protected override void PostRestart(Exception reason)
    {
        foreach (var school in _schoolActors)
        {
            school.Tell(new RepeatSchoolView());
        }
    }

    protected override void Handle(DistrictMessage message)
    {
        switch (message)
        {
            case SchoolChanged changed:
                _schools[changed.View.SchoolId] = changed.View;
                ShowSoon();
                break;
            case GetDistrict get:
                Answer(get, View());
                break;
            case DistrictViewDue:
                _viewPending = false;
                Show();
                break;
        }
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
            Timers.StartSingleTimer(nameof(DistrictViewDue), new DistrictViewDue(), wait);
        }
    }

    private void Show()
    {
        _pace.Mark();
        _services.Views.Publish(View());
    }

    private DistrictView View() => new(
        ++_sequence, _services.Time.GetUtcNow(), [.. _registrations.Select(school => _schools[school.SchoolId])]);
}
