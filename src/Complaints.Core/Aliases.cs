global using EventSink = Complaints.Core.Capabilities.EventSink<Complaints.Core.Complaint>;
