namespace Xunke.Web.Simulation;

/// <summary>The demo's simulated cameras; its district is made when the database is prepared.</summary>
internal static class DemoFeature
{
    public static void AddDemo(this WebApplicationBuilder builder) => builder.Services.AddHostedService<CameraSimulator>();
}
