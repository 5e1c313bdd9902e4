"""How is a talk kept up when every word takes minutes, or days?"""
