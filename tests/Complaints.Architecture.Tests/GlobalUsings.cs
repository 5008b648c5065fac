global using Complaints.Tests.Shared;
