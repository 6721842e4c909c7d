create table application_thing (id integer primary key);
