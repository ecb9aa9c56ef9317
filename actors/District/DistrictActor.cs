using System.Collections.Immutable;
using Xunke.Actors.Classrooms;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.District;

/// <summary>The district: the newest view of every school, told on at most once a second.</summary>
internal sealed class DistrictActor : TypedActor<DistrictMessage>
{
    private readonly Entities<SchoolMessage> _schoolActors;
    private readonly ViewOutlet _outlet;
    private readonly ViewPace _pace;
    private ImmutableArray<SchoolRegistration> _registrations;
    private Dictionary<string, SchoolView> _schools;
    private bool _viewPending;
    private long _sequence;

    private DistrictActor(ImmutableArray<SchoolRegistration> registrations, Entities<SchoolMessage> schools, ViewOutlet outlet)
    {
        _schoolActors = schools;
        _outlet = outlet;
        _pace = new ViewPace(outlet.Time, outlet.Interval);
        _sequence = outlet.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _registrations = registrations;
        _schools = Views([]);
    }

    /// <summary>Beside questions and timers: one view a school.</summary>
    public static MailboxBound Mailbox { get; } = new("district", 256);

    /// <summary>How the district is kept. A restart leaves its schools as they are and asks them for their views again.</summary>
    /// <param name="registrations">What the books say at each start of the actor.</param>
    /// <param name="schools">The schools.</param>
    /// <param name="outlet">Where its views go.</param>
    public static Props<DistrictMessage> Props(
        Func<ImmutableArray<SchoolRegistration>> registrations, Entities<SchoolMessage> schools, ViewOutlet outlet) =>
        Props<DistrictMessage>.Of(() => new DistrictActor(registrations(), schools, outlet), Mailbox);

    protected override void PostRestart(Exception reason)
    {
        foreach (var school in _registrations)
        {
            _schoolActors.Tell(school.SchoolId, new RepeatSchoolView());
        }
    }

    protected override void Handle(DistrictMessage message)
    {
        switch (message)
        {
            case SchoolChanged changed when _schools.ContainsKey(changed.View.SchoolId):
                _schools[changed.View.SchoolId] = changed.View;
                ShowSoon();
                break;
            case GetDistrict get:
                Answer(get, View());
                break;
            case DistrictRegistered registered:
                _registrations = registered.Schools;
                _schools = Views(_schools);
                ShowSoon();
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
        _outlet.Sink.Publish(View());
    }

    private DistrictView View() => new(
        ++_sequence, _outlet.Time.GetUtcNow(), [.. _registrations.Select(school => _schools[school.SchoolId])]);

    /// <summary>A view of each school on the books: the known one, or one whose rooms are offline.</summary>
    private Dictionary<string, SchoolView> Views(Dictionary<string, SchoolView> known)
    {
        var now = _outlet.Time.GetUtcNow();
        return _registrations.ToDictionary(
            school => school.SchoolId, school => known.GetValueOrDefault(school.SchoolId) ?? EmptyViews.School(school, now),
            StringComparer.Ordinal);
    }
}
