using System.Text.Encodings.Web;
using System.Text.Unicode;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Hosting;
using Complaints.SampleHost;
using Complaints.SampleHost.Demo;
using Complaints.SampleHost.Pages;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.WebEncoders;

// The host's own files lie beside it, wherever it is started; a file that somebody names counts from where they are.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var place = new Place(args, builder.Configuration);
if (Loopback.Refuses(builder.Configuration) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 2;
}
if ((place.Problem ?? Loopback.IsTaken(builder.Configuration)) is { } problem)
{
    Console.Error.WriteLine(problem);
    return 2;
}
try
{
    return await RunAsync(builder, place);
}
catch (Exception e) when (Place.IsOfTheOutside(e))
{
    Console.Error.WriteLine(e.Message);
    return 4;
}

static async Task<int> RunAsync(WebApplicationBuilder builder, Place place)
{
    builder.WebHost.UseStaticWebAssets();
    builder.WebHost.UseUrls(Loopback.Urls(builder.Configuration));

    var complaints = builder.Services.AddComplaints();
    place.Choose(complaints);
    complaints.UseKnowledgeFile(builder.Configuration["Knowledge"] ?? Path.Combine(AppContext.BaseDirectory, "knowledge.json"));
    builder.Services.AddSingleton<DemoData>();
    if (DemoData.CountIn(builder.Configuration) > 0)
        complaints.AddDefinition("organisation", "default", DemoOrganisation.Json);
    complaints.UseCustomerFiles(Path.Combine(AppContext.BaseDirectory, "Demo", "customers.json"),
        Path.Combine(AppContext.BaseDirectory, "Demo", "orders.json"));
    builder.Services.AddScoped<Visitor>();
    builder.Services.AddHttpContextAccessor();
    builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    complaints
        .AddBackgroundWork(options => options.SweepEvery = TimeSpan.FromSeconds(builder.Configuration.GetValue("Sweep:Seconds", 5)))
        .AddMessageChannel<LogChannel>();
    builder.Services.AddRazorComponents();
    builder.Services.AddSingleton<IConnectionListenerFactory, LoopbackListener>();
    builder.Services.AddHostFiltering(options => (options.AllowedHosts, options.AllowEmptyHosts) = (Loopback.Names, false));

    var app = builder.Build();
    app.UseSafeHeaders();
    app.UseHostFiltering();
    app.UseAntiforgery();
    app.MapStaticAssets();
    app.MapRazorComponents<App>();
    app.MapPost("/visitor", Visitor.SwitchAsync);
    app.MapPost("/find", QueueSearch.FindAsync);
    app.MapGet("/complaints/{id:guid}/evidence/{number:int}", EvidenceFiles.GetAsync);
    app.MapHealthChecks("/health", new() { ResponseWriter = HealthText.WriteAsync });

    // Before anybody is served: the schema, the definitions and the key, and what is wrong with them as one sentence.
    await app.Services.GetRequiredService<DefinitionLibrary>().PlantSeedsAsync(app.Lifetime.ApplicationStopping);
    await app.Services.GetRequiredService<ComplaintDesk>().PrepareAsync(app.Lifetime.ApplicationStopping);
    if (app.Services.GetRequiredService<IKeyProtector>() is FileKeyProtector { WasCreated: true } key)
        Console.WriteLine($"The master key of personal data lies in {key.Path}. Back it up apart from the database: without it, personal data cannot be read.");
    await app.Services.GetRequiredService<DemoData>().FillAsync(app.Lifetime.ApplicationStopping);
    app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Open {string.Join(" or ", app.Urls)} in a browser. The data lies in {place.Name}."));
    await using (app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (InvalidOperationException e)
        {
            // An address that the web server cannot listen on, such as one that asks for a certificate: its sentence says what to do.
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        await app.WaitForShutdownAsync();
    }
    return 0;
}

/// <summary>The host, named so that tests can find its assembly.</summary>
public partial class Program;
