using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Issues;

/// <summary>A server's connection string would do as the name of a file.</summary>
public sealed class WrongStoreTests
{
    [Theory]
    [InlineData("Host=db;Database=crm;Username=app;Password=secret")]
    [InlineData("host = db")]
    [InlineData("Server=db;Port=5432")]
    public void UseSqlite_with_a_server_is_refused_with_one_sentence(string connectionString)
    {
        var error = Should.Throw<ArgumentException>(() => new ServiceCollection().AddComplaints().UseSqlite(connectionString));
        error.Message.ShouldContain("UsePostgreSql");
        error.Message.ShouldNotContain("secret");
        error.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("a=b.db")]
    [InlineData("hosts.db")]
    [InlineData("Data Source=\"Host=odd.db\"")]
    [InlineData("Filename=Server=odd.db")]
    public void UseSqlite_with_a_file_of_an_odd_name_is_not(string connectionString) =>
        new ServiceCollection().AddComplaints().UseSqlite(connectionString).ShouldNotBeNull();
}
