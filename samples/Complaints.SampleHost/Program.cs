using System.Text.Encodings.Web;
using System.Text.Unicode;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Hosting;
using Complaints.SampleHost;
using Complaints.SampleHost.Demo;
using Complaints.SampleHost.Pages;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.WebEncoders;

var builder = WebApplication.CreateBuilder(args);
if (Loopback.Refuses(builder.Configuration) is { } reason)
{
    Console.Error.WriteLine(reason);
    return 2;
}
builder.WebHost.UseStaticWebAssets();
builder.WebHost.UseUrls(Loopback.Urls(builder.Configuration));

var database = builder.Configuration["Database"] ?? Path.Combine(AppContext.BaseDirectory, "data", "complaints.db");
var complaints = builder.Services.AddComplaints();
if (PostgreSqlStore.IsConnectionString(database))
{
    // Every process on this database needs the same key file.
    complaints.UsePostgreSql(database).UseKeyFile(builder.Configuration["KeyFile"] ?? Path.Combine(AppContext.BaseDirectory, "complaints.key"));
}
else
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(database))!);
    complaints.UseSqlite($"Data Source={database}");
}
builder.Services.AddSingleton<DemoData>();
builder.Services.AddScoped<Visitor>();
builder.Services.AddHttpContextAccessor();
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
complaints
    .AddBackgroundWork(options => options.SweepEvery = TimeSpan.FromSeconds(builder.Configuration.GetValue("Sweep:Seconds", 5)))
    .AddMessageChannel<LogChannel>();
builder.Services.AddRazorComponents();

var app = builder.Build();
app.UseHostFiltering();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>();
app.MapPost("/visitor", Visitor.SwitchAsync).DisableAntiforgery();
app.MapHealthChecks("/health");

await app.Services.GetRequiredService<DemoData>().FillAsync(app.Lifetime.ApplicationStopping);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Open {string.Join(" or ", app.Urls)} in a browser. The data lies in {(PostgreSqlStore.IsConnectionString(database) ? "PostgreSQL" : database)}."));
await app.RunAsync();
return 0;

/// <summary>The host, named so that tests can find its assembly.</summary>
public partial class Program;
