using Xunke.Web.Accounts;
using Xunke.Web.Admin;
using Xunke.Web.Alerts;
using Xunke.Web.Areas;
using Xunke.Web.Audit;
using Xunke.Web.Bookings;
using Xunke.Web.Books;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Imports;
using Xunke.Web.Books.Imports.Rosters;
using Xunke.Web.Cameras;
using Xunke.Web.Clock;
using Xunke.Web.Configuration;
using Xunke.Web.Dashboards;
using Xunke.Web.Duties;
using Xunke.Web.Forms;
using Xunke.Web.Health;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Identity;
using Xunke.Web.Lessons;
using Xunke.Web.Live;
using Xunke.Web.MachineTokens;
using Xunke.Web.Media;
using Xunke.Web.Metrics;
using Xunke.Web.Observations;
using Xunke.Web.Outages;
using Xunke.Web.OwnAccount;
using Xunke.Web.OwnData;
using Xunke.Web.Patrols;
using Xunke.Web.Recordings;
using Xunke.Web.Rectifications;
using Xunke.Web.Retention;
using Xunke.Web.Reviews;
using Xunke.Web.Schools;
using Xunke.Web.SignInServices;
using Xunke.Web.Simulation;
using Xunke.Web.Timetable;
using Xunke.Web.Timetable.Changing;
using Xunke.Web.Timetable.Feeds;
using Xunke.Web.Visits;

namespace Xunke.Web;

/// <summary>What the server is made of.</summary>
internal static class Server
{
    /// <summary>Puts the server together; nothing runs yet.</summary>
    /// <param name="arguments">What the command line says.</param>
    /// <param name="replace">Puts in other services than the usual ones, for tests.</param>
    /// <exception cref="StartupException">The data directory cannot be used.</exception>
    public static WebApplication Build(StartArguments arguments, Action<IServiceCollection>? replace = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // appsettings.json, the client and the clips lie beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.AddSettings(arguments);
        DataDirectory data = builder.AddDataDirectory();
        builder.AddHosting();
        builder.AddWork();
        builder.AddKnownProxies();
        builder.AddJson();
        builder.AddProblems();
        builder.AddApiDescription();
        builder.AddDatabase(data);
        builder.AddAccounts(data);
        builder.AddSignInServices();
        builder.AddAudit();
        builder.AddClock();
        builder.AddOutages();
        builder.AddBooks();
        builder.AddSchools();
        builder.AddTimetable();
        builder.AddBookEditing();
        builder.AddLessonChanges();
        builder.AddCalendarFeeds();
        builder.AddImports();
        builder.AddRosters();
        builder.AddAccountManagement();
        builder.AddOwnAccount();
        builder.AddAlerts();
        builder.AddMonitoring();
        builder.AddMedia();
        builder.AddCameras();
        builder.AddLive();
        builder.AddVisits();
        builder.AddPatrols();
        builder.AddRecordings();
        builder.AddBookings();
        builder.AddLessons();
        builder.AddRetention();
        builder.AddReviews();
        builder.AddForms();
        builder.AddObservations();
        builder.AddRectifications();
        builder.AddHealth();
        builder.AddMetrics();
        builder.AddDemo();

        replace?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.WatchLoops();
        app.UseSecurityHeaders();
        app.UseForwardedHeaders();
        app.UseProblems();
        app.UseSameOriginOnly();
        app.UseWhipCors();
        app.UseClient();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseLogins();
        app.UseMachines();
        app.UseAuthorization();
        app.UsePages();

        app.MapSession();
        app.MapSignInServices();
        app.MapOwnData();
        app.MapOwnAccount();
        app.MapAccounts();
        app.MapServiceLinks();
        app.MapInvitations();
        app.MapMachineTokens();
        app.MapSchools();
        app.MapBookEditing();
        app.MapImports();
        app.MapBookFiles();
        app.MapRosters();
        app.MapRosterFiles();
        app.MapVisits();
        app.MapPatrols();
        app.MapDashboards();
        app.MapDuties();
        app.MapListeningPolicy();
        app.MapRecordings();
        app.MapBookings();
        app.MapAlerts();
        app.MapLessons();
        app.MapReviews();
        app.MapForms();
        app.MapObservations();
        app.MapRectifications();
        app.MapTimetable();
        app.MapLessonChanges();
        app.MapCalendarFeeds();
        app.MapRoomKeys();
        app.MapCameras();
        app.MapRoomAreas();
        app.MapAudit();
        app.MapRetention();
        app.MapClock();
        app.MapOutages();
        app.MapWhip();
        app.MapWhep();
        app.MapLive();
        app.MapRules();
        app.MapRoomMedia();
        app.MapHealth();
        app.MapMetrics();
        app.MapApiDescription();
        return app;
    }
}
