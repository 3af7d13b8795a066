mod laws;
mod rows;
mod shapes;
